// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.grpc;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.github.zitadelserviceuser.client.CallHints;
import io.github.zitadelserviceuser.client.grpc.ServiceUserCallCredentials;
import io.github.zitadelserviceuser.client.grpc.ServiceUserClientInterceptor;
import io.github.zitadelserviceuser.net.AllowedHosts;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is said where an API refuses a good token.
 */
@ExtendWith(OutputCaptureExtension.class)
class GrpcCallHintTests {

	private static final String API_ACCESS = "zitadel.service-user.api-access=true";

	private static final String PROJECT_IDS = "zitadel.service-user.project-ids";

	private final EchoServer server = EchoServer.start();

	private final ScriptedTokens tokens = new ScriptedTokens();

	private ManagedChannel channel;

	@BeforeEach
	void start() {
		this.channel = channel(URI.create("http://" + this.server.authority()), "openid");
	}

	@AfterEach
	void stop() {
		this.channel.shutdownNow();
		this.server.close();
	}

	@Test
	void callWhenApiOfZitadelTakesNoTokenThenHintsOnce(CapturedOutput output) {
		this.server.accept("none at all"::equals);
		this.tokens.replaceBy(CompletableFuture.completedFuture(ScriptedTokens.token("first")));
		assertAnswer(Status.Code.UNAUTHENTICATED);
		assertAnswer(Status.Code.UNAUTHENTICATED);
		assertThat(output).containsOnlyOnce(API_ACCESS)
			.containsOnlyOnce("ZITADEL's API at http://" + this.server.authority() + " answered ");
	}

	@Test
	void callWhenItCannotBeRepeatedThenHintsAllTheSame(CapturedOutput output) {
		this.server.accept("none at all"::equals);
		stream();
		assertThat(output).containsOnlyOnce(API_ACCESS);
	}

	@Test
	void callWhenAnotherApiTakesNeitherOfTwoTokensThenHints(CapturedOutput output) {
		elsewhere();
		this.server.accept("Bearer second"::equals);
		assertThat(Calls.unary(this.channel, "hello")).isEqualTo("hello");
		assertThat(output).doesNotContain("WARN");
		this.server.accept("none at all"::equals);
		this.tokens.hold(CompletableFuture.completedFuture(ScriptedTokens.token("first")));
		assertAnswer(Status.Code.UNAUTHENTICATED);
		assertThat(output).containsOnlyOnce(PROJECT_IDS);
	}

	@Test
	void callWhenTokenIsTooYoungToBeReplacedThenSaysNothingYet(CapturedOutput output) {
		elsewhere();
		this.server.accept("none at all"::equals);
		this.tokens.replaceBy(CompletableFuture.completedFuture(ScriptedTokens.token("first")));
		assertAnswer(Status.Code.UNAUTHENTICATED);
		this.server.accept("Bearer first"::equals);
		assertThat(Calls.unary(this.channel, "hello")).isEqualTo("hello");
		this.server.accept("none at all"::equals);
		assertAnswer(Status.Code.UNAUTHENTICATED);
		assertThat(output).doesNotContain("WARN");
		this.tokens.replaceBy(CompletableFuture.completedFuture(ScriptedTokens.token("second")));
		assertAnswer(Status.Code.UNAUTHENTICATED);
		assertThat(output).containsOnlyOnce(PROJECT_IDS);
	}

	@Test
	void callsWhenTheyCannotBeRepeatedThenTheSecondTokenTells(CapturedOutput output) {
		elsewhere();
		this.server.accept("none at all"::equals);
		stream();
		assertThat(output).doesNotContain("WARN");
		stream();
		assertThat(output).containsOnlyOnce(PROJECT_IDS);
	}

	@Test
	void callWhenServiceUserHasNoRoleThenSaysSoOnce(CapturedOutput output) {
		this.server.accept("none at all"::equals);
		this.server.refuseWith(Status.NOT_FOUND.withDescription("Organisation not found (ORG-1)"));
		assertAnswer(Status.Code.NOT_FOUND);
		assertThat(output).doesNotContain("WARN");
		this.server.refuseWith(Status.NOT_FOUND.withDescription("membership not found (AUTHZ-cdgFk)"));
		assertAnswer(Status.Code.NOT_FOUND);
		assertAnswer(Status.Code.NOT_FOUND);
		assertThat(output).containsOnlyOnce("has no role there at all").containsOnlyOnce("WARN");
	}

	@Test
	void callWhenRolesDoNotSufficeThenSaysSoOnce(CapturedOutput output) {
		this.server.accept("none at all"::equals);
		this.server.refuseWith(Status.PERMISSION_DENIED.withDescription("No matching permissions found (AUTH-5mWD2)"));
		assertAnswer(Status.Code.PERMISSION_DENIED);
		assertAnswer(Status.Code.PERMISSION_DENIED);
		assertThat(output).containsOnlyOnce("do not permit that call").containsOnlyOnce("WARN");
	}

	private void elsewhere() {
		this.channel.shutdownNow();
		this.channel = channel(URI.create("https://zitadel.example.com"), "openid");
	}

	private ManagedChannel channel(URI zitadel, String scope) {
		AllowedHosts allowed = new AllowedHosts("zitadel.service-user", List.of(), List.of("localhost"), true);
		return Calls.plainText(this.server,
				new ServiceUserClientInterceptor(new ServiceUserCallCredentials(this.tokens, allowed, null))
					.withHints(new CallHints("zitadel.service-user", List.of(zitadel), List.of(scope))));
	}

	private void stream() {
		CompletableFuture<String> answer = new CompletableFuture<>();
		ClientCalls.asyncBidiStreamingCall(this.channel.newCall(Echo.BIDI_STREAMING, CallOptions.DEFAULT),
				new Calls.Completing(answer));
		assertThat(answer).failsWithin(30, TimeUnit.SECONDS).withThrowableOfType(ExecutionException.class);
	}

	private void assertAnswer(Status.Code code) {
		assertThat(Calls.failureOf(this.channel).getCode()).isEqualTo(code);
	}

}
