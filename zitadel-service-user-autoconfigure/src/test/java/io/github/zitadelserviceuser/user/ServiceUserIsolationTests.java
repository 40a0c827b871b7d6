// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.RefreshPolicy;
import io.github.zitadelserviceuser.token.TokenListener;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What happens to some service users, and delays no other that shares everything with
 * them.
 */
class ServiceUserIsolationTests {

	// More than anything here has threads of its own for.
	private static final int TROUBLED = 20;

	private static final RefreshPolicy HASTY = RefreshPolicy.defaults().withTokenTimeout(Duration.ofMillis(300));

	private static final RefreshPolicy PATIENT = RefreshPolicy.defaults().withTokenTimeout(Duration.ofSeconds(60));

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final FakeZitadel troubled = FakeZitadel.start();

	private final SharedResources shared = SharedResources.create();

	private final CountDownLatch goOn = new CountDownLatch(1);

	private final CountDownLatch blocked = new CountDownLatch(TROUBLED);

	private final List<ServiceUserClient> others = new ArrayList<>();

	@AfterEach
	void stop() {
		this.goOn.countDown();
		this.others.forEach(ServiceUserClient::close);
		this.shared.close();
		this.troubled.close();
		this.zitadel.close();
	}

	@Test
	void awaitWhenTheEndpointOfOthersHangsThenServed() throws Exception {
		this.troubled.tokenEndpoint().hold();
		create((user) -> user.refreshPolicy(PATIENT)).forEach((user) -> user.tokenSource().get());
		this.troubled.tokenEndpoint().awaitWaiting(TROUBLED);
		assertServed();
		this.troubled.tokenEndpoint().release();
		this.others.forEach((user) -> assertThat(user.tokenSource().get()).succeedsWithin(Duration.ofSeconds(60)));
	}

	@Test
	void awaitWhenDiscoveryOfOthersHangsThenServed() throws Exception {
		this.troubled.discovery().hold();
		create((user) -> user.refreshPolicy(PATIENT)).forEach((user) -> user.tokenSource().get());
		this.troubled.discovery().awaitWaiting(TROUBLED);
		assertServed();
		this.troubled.discovery().release();
		this.others.forEach((user) -> assertThat(user.tokenSource().get()).succeedsWithin(Duration.ofSeconds(60)));
	}

	@Test
	void awaitWhenTheListenersOfOthersBlockThenServed() throws Exception {
		create((user) -> user.tokenListener(new TokenListener() {

			@Override
			public void onObtained(AccessToken token) {
				block();
			}

		})).forEach((user) -> user.tokenSource().get());
		assertThat(this.blocked.await(60, TimeUnit.SECONDS)).isTrue();
		assertServed();
	}

	@Test
	@SuppressWarnings("FutureReturnValueIgnored") // it is to block, and nothing else
	void awaitWhenWhatDependsOnTheTokensOfOthersBlocksThenServed() throws Exception {
		create((user) -> {
		}).forEach((user) -> user.tokenSource().get().thenRun(this::block));
		assertThat(this.blocked.await(60, TimeUnit.SECONDS)).isTrue();
		assertServed();
	}

	@Test
	void awaitWhenTheListenersOfOthersBlockOverATimeOutThenTimeIsKept() throws Exception {
		this.troubled.tokenEndpoint().hold();
		create((user) -> user.refreshPolicy(HASTY).tokenListener(new TokenListener() {

			@Override
			public void onFailed(TokenRequestException failure) {
				block();
			}

		})).forEach((user) -> user.tokenSource().get());
		assertThat(this.blocked.await(60, TimeUnit.SECONDS)).isTrue();
		assertServed();
		try (ServiceUserClient late = builder("late", this.troubled, this.troubled.serviceUser()).refreshPolicy(HASTY)
			.build()) {
			assertThat(late.tokenSource().get()).failsWithin(Duration.ofSeconds(60))
				.withThrowableThat()
				.havingCause()
				.isInstanceOfSatisfying(TokenRequestException.class,
						(failure) -> assertThat(failure.getReason()).isEqualTo(Reason.TIMEOUT));
		}
	}

	@Test
	void awaitWhenAnotherOfTheSameIssuerIsRefusedThenServed() {
		FakeServiceUser locked = this.zitadel.createServiceUser("locked");
		locked.lock();
		try (ServiceUserClient refused = builder("refused", this.zitadel, locked).build()) {
			for (int round = 0; round < 3; round++) {
				assertThatExceptionOfType(TokenRequestException.class).isThrownBy(refused.tokenSource()::await);
			}
			assertServed();
			assertThat(refused.status()).isNotNull().satisfies((status) -> assertThat(status.failure()).isNotNull());
		}
	}

	@Test
	void awaitWhenOthersAreInAPauseThenServed() {
		this.troubled.tokenEndpoint().answerAlways(FakeAnswer.badGateway());
		create((user) -> user.refreshPolicy(HASTY)).stream()
			.map((user) -> user.tokenSource().get())
			.toList()
			.forEach((token) -> assertThat(token).failsWithin(Duration.ofSeconds(60)));
		assertServed();
	}

	private void assertServed() {
		try (ServiceUserClient user = builder("served", this.zitadel, this.zitadel.serviceUser()).build()) {
			assertThat(user.tokenSource().get()).succeedsWithin(Duration.ofSeconds(10));
			assertThat(user.status()).isNotNull().satisfies((status) -> assertThat(status.failure()).isNull());
		}
	}

	private List<ServiceUserClient> create(Consumer<ServiceUserClientBuilder> change) {
		for (int i = 0; i < TROUBLED; i++) {
			ServiceUserClientBuilder builder = builder("troubled-" + i, this.troubled, this.troubled.serviceUser());
			change.accept(builder);
			this.others.add(builder.build());
		}
		return this.others;
	}

	private ServiceUserClientBuilder builder(String name, FakeZitadel zitadel, FakeServiceUser user) {
		return ServiceUserClient.builder()
			.name(name)
			.issuerUri(zitadel.issuer())
			.keyLocation(user.keyFile().toString())
			.readTimeout(Duration.ofSeconds(60))
			.sharedResources(this.shared);
	}

	private void block() {
		this.blocked.countDown();
		try {
			this.goOn.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
