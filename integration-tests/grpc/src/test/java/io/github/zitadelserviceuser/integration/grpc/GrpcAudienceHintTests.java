// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.grpc;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.zitadelserviceuser.client.AudienceHints;
import io.github.zitadelserviceuser.client.grpc.ServiceUserCallCredentials;
import io.github.zitadelserviceuser.client.grpc.ServiceUserClientInterceptor;
import io.github.zitadelserviceuser.net.AllowedHosts;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is said where another token does not help.
 */
@ExtendWith(OutputCaptureExtension.class)
class GrpcAudienceHintTests {

	private static final String API_ACCESS = "zitadel.service-user.api-access=true";

	private final EchoServer server = EchoServer.start();

	private final ScriptedTokens tokens = new ScriptedTokens();

	private ManagedChannel channel;

	@BeforeEach
	void start() {
		AllowedHosts allowed = new AllowedHosts("zitadel.service-user", List.of(), List.of("localhost"), true);
		AudienceHints hints = new AudienceHints("zitadel.service-user",
				List.of(URI.create("http://" + this.server.authority())), List.of("openid"));
		this.channel = Calls.plainText(this.server,
				new ServiceUserClientInterceptor(new ServiceUserCallCredentials(this.tokens, allowed, null))
					.withHints(hints));
	}

	@AfterEach
	void stop() {
		this.channel.shutdownNow();
		this.server.close();
	}

	@Test
	void callWhenAnotherTokenDoesNotHelpThenHintsOnce(CapturedOutput output) {
		this.server.accept("Bearer second"::equals);
		assertThat(Calls.unary(this.channel, "hello")).isEqualTo("hello");
		assertThat(output).doesNotContain(API_ACCESS);
		this.server.accept("none at all"::equals);
		this.tokens.hold(CompletableFuture.completedFuture(ScriptedTokens.token("first")));
		assertRejected();
		assertRejected();
		assertThat(output).containsOnlyOnce(API_ACCESS)
			.containsOnlyOnce("ZITADEL's API at http://" + this.server.authority() + " answered ");
	}

	@Test
	void callWhenTokenIsNotReplacedThenHints(CapturedOutput output) {
		this.server.accept("none at all"::equals);
		this.tokens.replaceBy(CompletableFuture.completedFuture(ScriptedTokens.token("first")));
		assertRejected();
		assertThat(output).containsOnlyOnce(API_ACCESS);
	}

	@Test
	void callWhenThereIsNoOtherTokenThenSaysNothing(CapturedOutput output) {
		this.server.accept("Bearer second"::equals);
		this.tokens.replaceBy(CompletableFuture.failedFuture(new IllegalStateException("no other")));
		assertRejected();
		assertThat(output).doesNotContain(API_ACCESS);
		this.tokens.hold(CompletableFuture.completedFuture(ScriptedTokens.token("second")));
		assertThat(Calls.unary(this.channel, "hello")).isEqualTo("hello");
	}

	private void assertRejected() {
		assertThat(Calls.failureOf(this.channel).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
	}

}
