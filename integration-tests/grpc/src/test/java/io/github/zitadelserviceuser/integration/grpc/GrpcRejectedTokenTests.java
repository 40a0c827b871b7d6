// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.grpc;

import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.github.zitadelserviceuser.client.grpc.ServiceUserCallCredentials;
import io.github.zitadelserviceuser.client.grpc.ServiceUserClientInterceptor;
import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What follows when a server answers {@code UNAUTHENTICATED}, with metadata ahead of that
 * as ZITADEL does, and without.
 */
@ParameterizedClass
@EnumSource(names = { "AS_ZITADEL", "TRAILERS_ONLY" })
class GrpcRejectedTokenTests {

	private static final List<String> FIRST = List.of("Bearer first");

	private static final List<String> SECOND = List.of("Bearer second");

	private static final EchoServer SERVER = EchoServer.start();

	private final ScriptedTokens tokens = new ScriptedTokens();

	private final EchoServer.Rejection rejection;

	private ManagedChannel channel;

	GrpcRejectedTokenTests(EchoServer.Rejection rejection) {
		this.rejection = rejection;
	}

	@BeforeEach
	void start() {
		SERVER.reset();
		SERVER.rejectBy(this.rejection);
		SERVER.accept("Bearer second"::equals);
		AllowedHosts allowed = new AllowedHosts("zitadel.service-user", List.of(), List.of("localhost"), true);
		this.channel = Calls.plainText(SERVER,
				new ServiceUserClientInterceptor(new ServiceUserCallCredentials(this.tokens, allowed, null)));
	}

	@AfterEach
	void stop() {
		this.channel.shutdownNow();
	}

	@AfterAll
	static void close() {
		SERVER.close();
	}

	@Test
	void unaryCallWhenTokenIsRejectedThenIsMadeOnceMoreWithAnother() {
		assertThat(Calls.unary(this.channel, "hello")).isEqualTo("hello");
		assertThat(SERVER.authorizations()).containsExactly(FIRST, SECOND);
		assertThat(SERVER.messages()).containsExactly("hello");
		assertThat(this.tokens.rejected()).containsExactly("first");
		assertThat(Calls.unary(this.channel, "again")).isEqualTo("again");
		assertThat(SERVER.authorizations()).containsExactly(FIRST, SECOND, SECOND);
	}

	@Test
	void serverStreamingCallWhenTokenIsRejectedThenIsMadeOnceMore() {
		Iterator<String> answers = ClientCalls.blockingServerStreamingCall(this.channel, Echo.SERVER_STREAMING,
				CallOptions.DEFAULT, "hello");
		assertThat(answers).toIterable().containsExactly("hello", "hello");
		assertThat(SERVER.authorizations()).containsExactly(FIRST, SECOND);
	}

	@Test
	void unaryCallWhenOtherTokenIsStillToComeThenWaitsForIt() throws Exception {
		CompletableFuture<AccessToken> other = new CompletableFuture<>();
		this.tokens.replaceBy(other);
		CompletableFuture<String> answer = Calls.async(this.channel, "hello");
		awaitRejected("first");
		assertThat(answer).isNotDone();
		other.complete(ScriptedTokens.token("second"));
		assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("hello");
		assertThat(SERVER.authorizations()).containsExactly(FIRST, SECOND);
	}

	@Test
	void unaryCallWhenServerAlwaysRejectsThenIsMadeTwiceAtMost() {
		SERVER.accept((authorization) -> false);
		assertRejected(Calls.failureOf(this.channel));
		assertThat(SERVER.authorizations()).containsExactly(FIRST, SECOND);
		SERVER.accept((authorization) -> true);
		assertThat(Calls.unary(this.channel, "again")).isEqualTo("again");
	}

	@Test
	void unaryCallWhenThereIsNoOtherTokenThenGetsTheAnswer() {
		this.tokens.replaceBy(CompletableFuture.completedFuture(ScriptedTokens.token("first")));
		assertRejected(Calls.failureOf(this.channel));
		assertThat(SERVER.authorizations()).containsExactly(FIRST);
		this.tokens.replaceBy(CompletableFuture.failedFuture(new TokenRequestException(Reason.UNAVAILABLE, "down")));
		assertRejected(Calls.failureOf(this.channel));
		assertThat(SERVER.authorizations()).containsExactly(FIRST, FIRST);
		this.tokens.replaceBy(CompletableFuture.completedFuture(ScriptedTokens.token("second")));
		assertThat(Calls.unary(this.channel, "again")).isEqualTo("again");
	}

	@Test
	void unaryCallWhenOtherTokenComesAfterTheDeadlineThenGetsTheAnswerInTime() {
		this.tokens.replaceBy(new CompletableFuture<>());
		assertRejected(Calls.failureOf(this.channel, CallOptions.DEFAULT.withDeadlineAfter(1, TimeUnit.SECONDS)));
		this.tokens.replaceBy(CompletableFuture.completedFuture(ScriptedTokens.token("second")));
		assertThat(Calls.unary(this.channel, "again")).isEqualTo("again");
	}

	@Test
	void unaryCallWhenCancelledWhileItWaitsThenEndsAndIsNotMadeAgain() throws Exception {
		CompletableFuture<AccessToken> other = new CompletableFuture<>();
		this.tokens.replaceBy(other);
		ClientCall<String, String> call = this.channel.newCall(Echo.UNARY, CallOptions.DEFAULT);
		CompletableFuture<String> answer = new CompletableFuture<>();
		ClientCalls.asyncUnaryCall(call, "hello", new Calls.Completing(answer));
		awaitRejected("first");
		call.cancel("enough", null);
		assertThat(answer).failsWithin(30, TimeUnit.SECONDS).withThrowableOfType(ExecutionException.class);
		other.complete(ScriptedTokens.token("second"));
		assertThat(Calls.unary(this.channel, "again")).isEqualTo("again");
		assertThat(SERVER.messages()).containsExactly("again");
	}

	@Test
	void callWhenMadeOnceMoreThenMetadataIsThatOfTheSecondAnswer() {
		AtomicReference<Metadata> headers = new AtomicReference<>();
		AtomicReference<Metadata> trailers = new AtomicReference<>();
		Channel watched = ClientInterceptors.intercept(this.channel,
				MetadataUtils.newCaptureMetadataInterceptor(headers, trailers));
		assertThat(Calls.unary(watched, "hello")).isEqualTo("hello");
		assertThat(headers.get().getAll(EchoServer.ANSWER)).containsExactly("welcome");
	}

	@Test
	void callWhenNotMadeAgainThenMetadataOfTheAnswerComesAheadOfItsStatus() {
		this.tokens.replaceBy(CompletableFuture.completedFuture(ScriptedTokens.token("first")));
		List<String> events = new CopyOnWriteArrayList<>();
		ClientCall<String, String> call = this.channel.newCall(Echo.UNARY, CallOptions.DEFAULT);
		call.start(new Recorder(events), new Metadata());
		call.request(2);
		call.sendMessage("hello");
		call.halfClose();
		Awaitility.await().until(() -> events.contains("UNAUTHENTICATED"));
		assertThat(events).isEqualTo((this.rejection == EchoServer.Rejection.AS_ZITADEL)
				? List.of("rejected", "UNAUTHENTICATED") : List.of("UNAUTHENTICATED"));
	}

	@Test
	void serverStreamingCallWhenMadeOnceMoreThenGetsWhatItAskedForAndNoMore() {
		List<String> events = new CopyOnWriteArrayList<>();
		ClientCall<String, String> call = this.channel.newCall(Echo.SERVER_STREAMING,
				CallOptions.DEFAULT.withCompression("gzip"));
		call.start(new Recorder(events), new Metadata());
		call.setMessageCompression(true);
		call.request(1);
		call.sendMessage("hello");
		call.halfClose();
		Awaitility.await().until(() -> events.size() == 2);
		assertThat(Calls.unary(this.channel, "meanwhile")).isEqualTo("meanwhile");
		assertThat(events).containsExactly("welcome", "hello");
		call.request(1);
		Awaitility.await().until(() -> events.contains("OK"));
		assertThat(events).containsExactly("welcome", "hello", "hello", "OK");
		assertThat(SERVER.received("grpc-encoding")).containsExactly(List.of("gzip"), List.of("gzip"), List.of());
	}

	@Test
	void serverStreamingCallWhenServerHasBegunToAnswerThenTokenIsReplacedForTheNext() {
		SERVER.rejectBy(EchoServer.Rejection.AFTER_A_MESSAGE);
		List<String> events = new CopyOnWriteArrayList<>();
		ClientCall<String, String> call = this.channel.newCall(Echo.SERVER_STREAMING, CallOptions.DEFAULT);
		call.start(new Recorder(events), new Metadata());
		call.request(2);
		call.sendMessage("hello");
		call.halfClose();
		Awaitility.await().until(() -> events.contains("UNAUTHENTICATED"));
		assertThat(events).containsExactly("rejected", "begun", "UNAUTHENTICATED");
		assertThat(SERVER.authorizations()).containsExactly(FIRST);
		assertThat(Calls.unary(this.channel, "again")).isEqualTo("again");
		assertThat(SERVER.authorizations()).containsExactly(FIRST, SECOND);
	}

	@Test
	void callWhenItHasTheCredentialsAloneThenGetsTheAnswer() {
		AllowedHosts allowed = new AllowedHosts("zitadel.service-user", List.of(), List.of("localhost"), true);
		ManagedChannel plain = Calls.plainText(SERVER);
		try {
			assertRejected(Calls.failureOf(plain, CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS)
				.withCallCredentials(new ServiceUserCallCredentials(this.tokens, allowed, null))));
			assertThat(SERVER.authorizations()).containsExactly(FIRST);
			assertThat(this.tokens.rejected()).isEmpty();
		}
		finally {
			plain.shutdownNow();
		}
	}

	@Test
	void streamingCallWhenTokenIsRejectedThenTokenIsReplacedForTheNext() {
		CompletableFuture<String> answer = new CompletableFuture<>();
		StreamObserver<String> requests = ClientCalls.asyncBidiStreamingCall(
				this.channel.newCall(Echo.BIDI_STREAMING, CallOptions.DEFAULT), new Calls.Completing(answer));
		requests.onNext("hello");
		assertThat(answer).failsWithin(30, TimeUnit.SECONDS).withThrowableOfType(ExecutionException.class);
		assertThat(SERVER.authorizations()).containsExactly(FIRST);
		assertThat(Calls.unary(this.channel, "again")).isEqualTo("again");
		assertThat(this.tokens.rejected()).containsExactly("first");
	}

	@Test
	void unaryCallWhenItsMessageCanBeReadOnceThenIsNotMadeAgain() {
		InputStream message = Echo.UNARY.streamRequest("hello");
		assertThat(catchThrowable(
				() -> ClientCalls.blockingUnaryCall(this.channel, Echo.UNARY_OF_STREAMS, CallOptions.DEFAULT, message)))
			.hasMessageStartingWith("UNAUTHENTICATED");
		assertThat(SERVER.authorizations()).containsExactly(FIRST);
	}

	@Test
	void callWhenOwnAuthorizationIsRejectedThenNoTokenIs() {
		assertThat(
				Calls.failureOf(ClientInterceptors.intercept(this.channel, Calls.entry("authorization", "Basic own")))
					.getCode())
			.isEqualTo(Status.Code.UNAUTHENTICATED);
		assertThat(SERVER.authorizations()).containsExactly(List.of("Basic own"));
		assertThat(this.tokens.rejected()).isEmpty();
	}

	private void awaitRejected(String token) {
		Awaitility.await().until(() -> this.tokens.rejected().contains(token));
	}

	private static void assertRejected(Status status) {
		assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
		assertThat(status.getDescription()).isEqualTo("Errors.Token.Invalid (AUTH-7fs1e)");
	}

	private static final class Recorder extends ClientCall.Listener<String> {

		private final List<String> events;

		private Recorder(List<String> events) {
			this.events = events;
		}

		@Override
		public void onHeaders(Metadata headers) {
			this.events.add(Objects.requireNonNull(headers.get(EchoServer.ANSWER)));
		}

		@Override
		public void onMessage(String message) {
			this.events.add(message);
		}

		@Override
		public void onClose(Status status, Metadata trailers) {
			this.events.add(status.getCode().name());
		}

	}

}
