// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.grpc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.client.grpc.ServiceUserCallCredentials;
import io.github.zitadelserviceuser.client.grpc.ServiceUserClientInterceptor;
import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that uses grpc-java as it is, with the beans of the service user.
 */
class GrpcApplicationTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private static final EchoServer SERVER = EchoServer.start();

	private final EventLoopGroup eventLoop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private ConfigurableApplicationContext context;

	private Injected injected;

	private final List<ManagedChannel> channels = new ArrayList<>();

	@BeforeEach
	void reset() {
		ZITADEL.reset();
		SERVER.reset();
	}

	@AfterEach
	void stop() {
		this.channels.forEach(ManagedChannel::shutdownNow);
		this.context.close();
		this.eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
	}

	@AfterAll
	static void close() {
		SERVER.close();
		ZITADEL.close();
	}

	@Test
	void callWhenBeansAreUsedThenTokenArrives() {
		start("60s");
		Calls.unary(channel(this.injected.interceptor()), "hello");
		Calls.unary(channel(), "hello", CallOptions.DEFAULT.withCallCredentials(this.injected.credentials()));
		assertThat(SERVER.authorizations()).containsExactly(token(), token());
		assertThat(ZITADEL.tokenEndpoint().requestCount()).isEqualTo(1);
		assertThat(this.injected.credentials()).asString().doesNotContain(ZITADEL.issuedTokens().get(0).value());
	}

	@Test
	void contextWhenItWantsAllInterceptorsThenOursAreNotAmongThem() {
		start("60s");
		assertThat(this.injected.interceptors().stream()).isEmpty();
		assertThat(this.injected.allCredentials().stream()).isEmpty();
	}

	@Test
	void callWhenZitadelIsDownThenIsUnavailableAndRecovers() {
		start("2s");
		ZITADEL.tokenEndpoint().answerAlways(FakeAnswer.serviceUnavailable());
		ManagedChannel channel = channel(this.injected.interceptor());
		Status failure = Calls.failureOf(channel);
		assertThat(failure.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
		assertThat(failure.getCause()).isInstanceOf(TokenRequestException.class);
		assertThat(failure.getDescription()).isEqualTo(failure.getCause().getMessage());
		assertThat(SERVER.authorizations()).isEmpty();
		ZITADEL.tokenEndpoint().answerNormally();
		awaitRecovery(channel);
	}

	@Test
	void callWhenZitadelRefusesThenIsUnauthenticatedAndRecovers() {
		start("60s");
		ZITADEL.serviceUser().deactivate();
		ManagedChannel channel = channel(this.injected.interceptor());
		Status failure = Calls.failureOf(channel);
		assertThat(failure.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
		assertThat(failure.getCause()).isInstanceOf(TokenRequestException.class);
		assertThat(SERVER.authorizations()).isEmpty();
		ZITADEL.serviceUser().reactivate();
		awaitRecovery(channel);
	}

	@Test
	void callsWhenTwoHundredComeWithoutTokenThenOneIsRequestedAndEventLoopStaysFree() throws Exception {
		start("60s");
		ManagedChannel authorized = channel(this.injected.interceptor());
		ManagedChannel other = channel();
		ZITADEL.tokenEndpoint().hold();
		List<CompletableFuture<String>> answers = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			answers.add(Calls.async(authorized, "hello"));
		}
		ZITADEL.tokenEndpoint().awaitWaiting(1);
		// On the same event loop, which has one thread.
		assertThat(Calls.async(other, "meanwhile").get(20, TimeUnit.SECONDS)).isEqualTo("meanwhile");
		assertThat(answers).noneMatch(CompletableFuture::isDone);
		ZITADEL.tokenEndpoint().release();
		for (CompletableFuture<String> answer : answers) {
			assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("hello");
		}
		assertThat(ZITADEL.tokenEndpoint().requestCount()).isEqualTo(1);
		assertThat(SERVER.authorizations()).hasSize(201).filteredOn(token()::equals).hasSize(200);
	}

	private void start(String patience) {
		SpringApplication application = new SpringApplication(GrpcApplication.class, Injected.class);
		this.context = application.run("--spring.main.banner-mode=off",
				"--zitadel.service-user.issuer-uri=" + ZITADEL.issuer(),
				"--zitadel.service-user.key-location=" + ZITADEL.serviceUser().key().keyFile(),
				"--zitadel.service-user.allowed-hosts=localhost", "--zitadel.service-user.token-timeout=" + patience,
				"--zitadel.service-user.read-timeout=" + patience);
		this.injected = this.context.getBean(Injected.class);
	}

	private void awaitRecovery(ManagedChannel channel) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.ignoreExceptions()
			.until(() -> Calls.unary(channel, "again").equals("again"));
		assertThat(SERVER.authorizations()).containsExactly(token());
	}

	private static List<String> token() {
		return List.of("Bearer " + ZITADEL.issuedTokens().get(0).value());
	}

	private ManagedChannel channel(ClientInterceptor... interceptors) {
		ManagedChannel channel = NettyChannelBuilder.forTarget("dns:///" + SERVER.authority())
			.usePlaintext()
			.channelType(NioSocketChannel.class)
			.eventLoopGroup(this.eventLoop)
			.directExecutor()
			.intercept(interceptors)
			.build();
		this.channels.add(channel);
		return channel;
	}

	/**
	 * What an application has injected.
	 *
	 * @param interceptor for a channel
	 * @param credentials for a stub
	 * @param interceptors those of the application
	 * @param allCredentials those of the application
	 */
	record Injected(@ServiceUser ServiceUserClientInterceptor interceptor,
			@ServiceUser ServiceUserCallCredentials credentials, ObjectProvider<ClientInterceptor> interceptors,
			ObjectProvider<CallCredentials> allCredentials) {

	}

}
