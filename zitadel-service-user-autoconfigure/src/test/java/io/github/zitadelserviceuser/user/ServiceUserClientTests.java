// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.key.InvalidServiceUserKeyException;
import io.github.zitadelserviceuser.net.HostNotAllowedException;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenListener;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A service user that is built by hand, without an application context.
 */
class ServiceUserClientTests {

	private final FakeZitadel zitadel = FakeZitadel.start();

	@AfterEach
	void stop() {
		this.zitadel.close();
	}

	@Test
	void callWhenBuiltByHandThenAuthorizedByBothClients() {
		try (ServiceUserClient user = ServiceUserClient.builder()
			.issuerUri(this.zitadel.issuer())
			.keyLocation(this.zitadel.serviceUser().keyFile().toString())
			.build()) {
			assertThat(this.zitadel.discovery().requestCount()).isZero();
			assertThat(user.restClient().get().uri(userInfo()).retrieve().body(String.class))
				.contains(this.zitadel.serviceUser().id());
			assertThat(user.webClient().get().uri(userInfo()).retrieve().bodyToMono(String.class).block())
				.contains(this.zitadel.serviceUser().id());
			assertThat(user.restClient()).isSameAs(user.restClient());
			assertThat(user.webClient()).isSameAs(user.webClient());
			assertThat(this.zitadel.issuedTokens()).hasSize(1);
			assertThatExceptionOfType(HostNotAllowedException.class)
				.isThrownBy(() -> user.restClient().get().uri("https://other.example").retrieve().body(String.class))
				.withMessageContaining("zitadel.service-user.allowed-hosts");
		}
	}

	@Test
	void requestFactoryWhenAroundAnotherThenThatSendsAsTheUser() {
		AtomicInteger made = new AtomicInteger();
		ClientHttpRequestFactory wire = new JdkClientHttpRequestFactory();
		try (ServiceUserClient user = ServiceUserClient.builder()
			.issuerUri(this.zitadel.issuer())
			.keyLocation(this.zitadel.serviceUser().keyFile().toString())
			.build()) {
			assertThat(RestClient.create(new RestTemplate(user.requestFactory()))
				.get()
				.uri(userInfo())
				.retrieve()
				.body(String.class)).contains(this.zitadel.serviceUser().id());
			assertThat(new RestTemplate(user.requestFactory((uri, method) -> {
				made.incrementAndGet();
				return wire.createRequest(uri, method);
			})).getForObject(userInfo(), String.class)).contains(this.zitadel.serviceUser().id());
			assertThat(made).hasValue(1);
			assertThat(this.zitadel.issuedTokens()).hasSize(1);
		}
	}

	@Test
	void closeThenEndsTheUserAndItsThreads() {
		ServiceUserClient user = ServiceUserClient.builder()
			.issuerUri(this.zitadel.issuer())
			.keyLocation(this.zitadel.serviceUser().keyFile().toString())
			.build();
		AccessToken held = user.tokenSource().await();
		user.close();
		user.close();
		assertThat(user.tokenSource().await()).isEqualTo(held);
		Awaitility.await()
			.untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
				.noneMatch((name) -> name.startsWith("service-user-token")));
	}

	@RepeatedTest(20)
	void closeWhenSomebodyWaitsForATokenThenThatFails() throws Exception {
		this.zitadel.tokenEndpoint().hold();
		try (SharedResources shared = SharedResources.create()) {
			ServiceUserClient user = shared(shared, "one");
			CompletableFuture<AccessToken> token = user.tokenSource().get();
			this.zitadel.tokenEndpoint().awaitWaiting(1);
			user.close();
			assertThat(token).failsWithin(Duration.ofSeconds(30))
				.withThrowableThat()
				.withCauseInstanceOf(TokenRequestException.class);
		}
		finally {
			this.zitadel.tokenEndpoint().release();
		}
	}

	@Test
	void closeWhenResourcesAreSharedThenTheOtherGoesOn() {
		try (SharedResources shared = SharedResources.create()) {
			ServiceUserClient one = shared(shared, "one");
			ServiceUserClient two = shared(shared, "two");
			one.close();
			assertThatExceptionOfType(TokenRequestException.class).isThrownBy(one.tokenSource()::await);
			assertThat(two.tokenSource().await().value()).isNotEmpty();
			assertThat(this.zitadel.issuedTokens()).hasSize(1);
			two.close();
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void callsWhenManyUsersShareResourcesThenEachHasItsOwnTokenAndFewThreads() throws Exception {
		try (SharedResources shared = SharedResources.create()) {
			List<ServiceUserClient> users = IntStream.range(0, 20)
				.mapToObj((i) -> shared(shared, "user-" + i))
				.toList();
			for (int round = 0; round < 2; round++) {
				for (ServiceUserClient user : users) {
					assertThat(user.restClient().get().uri(userInfo()).retrieve().body(String.class)).isNotEmpty();
				}
			}
			assertThat(this.zitadel.issuedTokens()).hasSize(20);
			assertThat(users.stream().map((user) -> user.tokenSource().await().value()).distinct()).hasSize(20);
			users.forEach(ServiceUserClient::close);
		}
	}

	@Test
	void buildWhenTokenSourceIsAnothersThenNoKeyIsNeeded() {
		try (ServiceUserClient user = ServiceUserClient.builder()
			.issuerUri("https://zitadel.example")
			.grant(() -> new TokenResponse("mine", Duration.ofHours(1)))
			.build()) {
			assertThat(user.tokenSource().await().value()).isEqualTo("mine");
			assertThat(user.key()).isNull();
			assertThat(user.userInfoEndpoint()).isNull();
			assertThat(user.status()).isNotNull();
		}
	}

	@Test
	void buildWhenSomethingIsMissingOrWrongThenNamesThePropertyOfThatUser() {
		assertThatExceptionOfType(MissingPropertyException.class)
			.isThrownBy(() -> ServiceUserClient.builder().name("billing").build())
			.withMessageContaining("'zitadel.service-users.billing.issuer-uri'");
		assertThatExceptionOfType(MissingPropertyException.class)
			.isThrownBy(() -> ServiceUserClient.builder().issuerUri("https://zitadel.example").build())
			.withMessageContaining("'zitadel.service-user.key-location'");
		assertThatExceptionOfType(InvalidServiceUserKeyException.class)
			.isThrownBy(() -> ServiceUserClient.builder()
				.name("billing")
				.issuerUri("https://zitadel.example")
				.keyLocation("/no/such/file")
				.build())
			.withMessageContaining("zitadel.service-users.billing.key-location");
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> ServiceUserClient.builder()
				.issuerUri("https://zitadel.example")
				.grant(() -> new TokenResponse("mine", null))
				.connectTimeout(Duration.ZERO)
				.build())
			.satisfies((ex) -> assertThat(ex.getName()).isEqualTo("zitadel.service-user.connect-timeout"));
		assertThatIllegalStateException()
			.isThrownBy(() -> ServiceUserClient.builder().keyLocation("one").keyLocation("two"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "A", "a_b", "-a", "a-", "a.b", "ä", "a b" })
	void nameWhenItCannotBeOneThenRefused(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> ServiceUserClient.builder().name(name))
			.withMessageContaining("'" + name + "'");
	}

	@Test
	void buildWhenWhoeverIsGivenTheUserFailsThenWhatWasBuiltIsClosed() {
		ServiceUserClient[] built = new ServiceUserClient[1];
		AtomicInteger closed = new AtomicInteger();
		try (SharedResources shared = SharedResources.create()) {
			assertThatIllegalStateException()
				.isThrownBy(() -> builder(shared, "failing").onClose(closed::incrementAndGet)
					.onBuild((client) -> built[0] = client)
					.onBuild((client) -> {
						throw new IllegalStateException("no");
					})
					.build());
			assertThat(closed).hasValue(1);
			assertThat(built[0].tokenSource().get()).isCompletedExceptionally();
			assertThat(this.zitadel.issuedTokens()).isEmpty();
		}
	}

	@Test
	void closeThenRequestsAreEndedBeforeWhatWatchesThemAndAFailureStopsNothing() {
		List<String> order = new ArrayList<>();
		ServiceUserClient[] built = new ServiceUserClient[1];
		try (SharedResources shared = SharedResources.create()) {
			built[0] = builder(shared, "closing").onClose(() -> {
				order.add(built[0].tokenSource().get().isCompletedExceptionally() ? "ended" : "open");
				throw new AssertionError("stops nothing");
			}).onClose(() -> order.add("second")).build();
			built[0].close();
			built[0].close();
		}
		assertThat(order).containsExactly("ended", "second");
	}

	@Test
	void listenersWhenAddedThenToldOfThisUserAlone() throws Exception {
		AtomicInteger obtained = new AtomicInteger();
		AtomicInteger closed = new AtomicInteger();
		try (SharedResources shared = SharedResources.create()) {
			ServiceUserClient watched = builder(shared, "watched").tokenListener(new TokenListener() {

				@Override
				public void onObtained(AccessToken token) {
					obtained.incrementAndGet();
				}

			}).onClose(closed::incrementAndGet).build();
			shared(shared, "other").tokenSource().await();
			watched.tokenSource().await();
			Awaitility.await().untilAsserted(() -> assertThat(obtained).hasValue(1));
			watched.close();
			watched.close();
			assertThat(closed).hasValue(1);
		}
	}

	private ServiceUserClient shared(SharedResources shared, String name) {
		return builder(shared, name).build();
	}

	private ServiceUserClientBuilder builder(SharedResources shared, String name) {
		return ServiceUserClient.builder()
			.name(name)
			.sharedResources(shared)
			.issuerUri(this.zitadel.issuer())
			.keyLocation(this.zitadel.createServiceUser(name).keyFile().toString());
	}

	private String userInfo() {
		return this.zitadel.issuer() + "/oidc/v1/userinfo";
	}

}
