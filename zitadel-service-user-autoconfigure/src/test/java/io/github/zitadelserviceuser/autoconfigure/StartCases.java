// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.List;
import java.util.function.BiConsumer;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.grant.ScopeCheck;
import io.github.zitadelserviceuser.key.InvalidCredentialException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Properties with which an application does not start, or starts with a warning.
 */
final class StartCases implements TroubleshootingCases {

	private static final String ISSUER = "issuer-uri=https://my-instance.zitadel.cloud";

	@Override
	public void provoke(BiConsumer<String, String> texts) {
		texts.accept("no issuer", fail("key-location=key.json"));
		texts.accept("no key", fail(ISSUER));
		texts.accept("two keys", fail(ISSUER, "key-location=a", "private-key-location=b"));
		texts.accept("two secrets", fail(ISSUER, "client-secret=a", "client-secret-location=b"));
		texts.accept("three credentials",
				fail(ISSUER, "key-location=a", "client-secret=b", "personal-access-token-location=c"));
		texts.accept("client secret without user name", fail(ISSUER, "client-secret=a"));
		texts.accept("user name without client secret", fail(ISSUER, "client-id=a"));
		texts.accept("issuer on plain http", fail("issuer-uri=http://zitadel.example.com"));
		texts.accept("issuer without scheme", fail("issuer-uri=zitadel.example.com"));
		texts.accept("issuer with a query", fail("issuer-uri=https://zitadel.example.com?a"));
		texts.accept("issuer with a user", fail("issuer-uri=https://user@zitadel.example.com"));
		texts.accept("issuer with an underscore", fail("issuer-uri=https://my_zitadel.example.com"));
		texts.accept("issuer with a bad port", fail("issuer-uri=https://zitadel.example.com:99999"));
		texts.accept("issuer with a blank", fail("issuer-uri=https://zitadel example.com"));
		texts.accept("issuer with the discovery path",
				fail("issuer-uri=https://zitadel.example.com/.well-known/openid-configuration"));
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			texts.accept("no host", fail(ISSUER, "key-location=" + zitadel.serviceUser().key().keyFile(),
					"allowed-hosts=https://api.example.com/"));
			String key = "key-location=" + zitadel.serviceUser().key().keyFile();
			texts.accept("refresh in per cent", fail(ISSUER, key, "refresh-at=80"));
			texts.accept("no time for a token", fail(ISSUER, key, "token-timeout=0s"));
			texts.accept("negative time for a token", fail(ISSUER, key, "token-timeout=-1s"));
			texts.accept("too much time for a token", fail(ISSUER, key, "token-timeout=31d"));
			texts.accept("no time for an answer", fail(ISSUER, key, "read-timeout=0s"));
		}
		texts.accept("property misspelt", unknown("scops"));
		texts.accept("property of nothing near", unknown("of-a-later-version"));
		texts.accept("scope misspelt", warning("opnid"));
		texts.accept("scope in upper case", warning("OpenID"));
		texts.accept("scope is a claim", warning("urn:zitadel:iam:org:project:roles"));
		texts.accept("scope with a comma", warning("openid,profile"));
		texts.accept("scope with a placeholder", warning("urn:zitadel:iam:org:id:{id}"));
		texts.accept("scope for refresh tokens", warning("offline_access"));
		texts.accept("scope of something else", warning("read:orders"));
		texts.accept("roles without a project", warning("urn:zitadel:iam:org:projects:roles"));
	}

	private static String unknown(String property) {
		MockEnvironment environment = new MockEnvironment()
			.withProperty(ZitadelServiceUserProperties.PREFIX + "." + property, "x");
		ConfigurationPropertySources.attach(environment);
		return LogCases.warning(UnknownProperties.class, () -> UnknownProperties.warn(environment));
	}

	private static String warning(String scope) {
		return ScopeCheck.warnings(ZitadelServiceUserProperties.PREFIX, List.of(scope)).get(0);
	}

	private static String fail(String... properties) {
		String[] text = { "" };
		Contexts.unconfigured().withPropertyValues(prefixed(properties)).run((context) -> {
			assertThat(context).hasFailed();
			text[0] = describe(NestedExceptionUtils.getRootCause(context.getStartupFailure()));
		});
		return text[0];
	}

	private static String[] prefixed(String[] properties) {
		String[] prefixed = new String[properties.length];
		for (int i = 0; i < properties.length; i++) {
			prefixed[i] = ZitadelServiceUserProperties.PREFIX + "." + properties[i];
		}
		return prefixed;
	}

	private static String describe(@Nullable Throwable failure) {
		if (failure instanceof InvalidConfigurationPropertyValueException invalid) {
			// Boot's own analysis has it as the reason.
			return String.valueOf(invalid.getReason());
		}
		FailureAnalysis analysis = (failure instanceof InvalidCredentialException)
				? new InvalidCredentialFailureAnalyzer().analyze(failure)
				: new MissingPropertyFailureAnalyzer().analyze(failure);
		assertThat(analysis).as(String.valueOf(failure)).isNotNull();
		return analysis.getDescription();
	}

}
