// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.Objects;
import java.util.function.BiConsumer;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.NestedExceptionUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What goes wrong with the names of service users.
 */
final class NamedUserCases implements TroubleshootingCases {

	@Override
	public void provoke(BiConsumer<String, String> texts) {
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			String key = zitadel.serviceUser().keyFile().toString();
			ApplicationContextRunner runner = Contexts.of(zitadel);
			texts.accept("name that cannot be one",
					nameFailure(runner, "zitadel.service-users[A_b].key-location=" + key));
			texts.accept("name of the one without a name",
					nameFailure(runner, "zitadel.service-users.default.key-location=" + key));
			texts.accept("two names that differ by hyphens",
					nameFailure(runner.withPropertyValues("zitadel.service-users.my-billing.key-location=" + key),
							"zitadel.service-users.mybilling.key-location=" + key));
			runner
				.withPropertyValues("zitadel.service-users.billing.key-location=" + key,
						"zitadel.service-users.billing.grpc-channels=invoices",
						"zitadel.service-user.grpc-channels=invoices")
				.run((context) -> {
					ServiceUsers users = context.getBean(ServiceUsers.class);
					texts.accept("nobody of that name", unknown(() -> users.get("nobody")));
					texts.accept("channel of two users", claimed(() -> context.getBean(ServiceUserSettings.class)
						.usersOf("grpc-channels", ZitadelServiceUserProperties::grpcChannels)));
				});
			Contexts.unconfigured()
				.withPropertyValues("zitadel.service-user.issuer-uri=" + zitadel.issuer(),
						"zitadel.service-users.billing.key-location=" + key)
				.run((context) -> texts.accept("nobody without a name",
						unknown(() -> context.getBean(ServiceUsers.class).get(ServiceUserClient.DEFAULT_NAME))));
		}
	}

	private static String nameFailure(ApplicationContextRunner runner, String property) {
		String[] text = { "" };
		runner.withPropertyValues(property).run((context) -> {
			assertThat(context).hasFailed();
			text[0] = Objects
				.requireNonNull(new InvalidServiceUserNameFailureAnalyzer()
					.analyze(NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure())))
				.getDescription();
		});
		return text[0];
	}

	private static String unknown(ThrowingCallable call) {
		return Objects.requireNonNull(new NoSuchServiceUserFailureAnalyzer().analyze(catchThrowable(call)))
			.getDescription();
	}

	private static String claimed(ThrowingCallable call) {
		return String.valueOf(((InvalidConfigurationPropertyValueException) catchThrowable(call)).getReason());
	}

}
