// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.net.URI;
import java.util.stream.Stream;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import io.github.zitadelserviceuser.token.TokenSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.http.client.InetAddressFilter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A filter of addresses is named by what it refuses. {@code HttpURLConnection} has none:
 * no client of the application can be made. Spring Boot 4.0 has none either.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AddressFilterTests {

	private final FakeZitadel keys = FakeZitadel.start();

	@AfterEach
	void stop() {
		this.keys.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "BLOCKING_JDK", "BLOCKING_REACTOR", "BLOCKING_HTTP_COMPONENTS", "BLOCKING_JETTY" })
	void awaitWhenAddressIsFilteredThenNamesTheFilter(Library library) {
		try (FaultyZitadel zitadel = new FaultyZitadel(FaultyZitadel.WELL);
				ConfigurableApplicationContext application = start(library, External.class, zitadel)) {
			TokenRequestException failure = catchThrowableOfType(TokenRequestException.class,
					application.getBean(TokenSource.class)::await);
			assertThat(failure.getReason()).as(failure.getMessage()).isEqualTo(Reason.WRONG_SERVER);
			assertThat(failure).hasMessageContaining(zitadel.url() + "/.well-known/openid-configuration was not asked")
				.hasMessageContaining("InetAddressFilter bean refuses the address of localhost");
			assertThat(zitadel.opened()).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BLOCKING_SIMPLE")
	void callWhenAddressIsFilteredThenExceptionNamesIt(Library library) {
		try (FaultyZitadel zitadel = new FaultyZitadel(FaultyZitadel.WELL);
				ConfigurableApplicationContext application = start(library, NotThatOne.class, zitadel,
						"zitadel.service-user.allowed-hosts=127.0.0.2")) {
			assertThatException().isThrownBy(() -> library.get(application, URI.create("http://127.0.0.2/")))
				.withStackTraceContaining("FilteredHostException: Filtered host '127.0.0.2'");
			assertThat(library.get(application, URI.create(zitadel.url() + "/api")).getStatusCode().value())
				.isEqualTo(200);
		}
	}

	private ConfigurableApplicationContext start(Library library, Class<?> filter, FaultyZitadel zitadel,
			String... properties) {
		return library.start(this.keys, new Class<?>[] { filter },
				Stream
					.concat(Stream.of(properties), Stream.of("zitadel.service-user.issuer-uri=" + zitadel.url(),
							"zitadel.service-user.require-https=false"))
					.toArray(String[]::new));
	}

	static class External {

		@Bean
		InetAddressFilter external() {
			return InetAddressFilter.externalAddresses();
		}

	}

	static class NotThatOne {

		@Bean
		InetAddressFilter notThatOne() {
			return InetAddressFilter.not("127.0.0.2/32");
		}

	}

}
