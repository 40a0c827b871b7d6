// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.grpc;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

import io.github.zitadelserviceuser.client.IssuerHeaders;
import io.github.zitadelserviceuser.client.grpc.ServiceUserCallCredentials;
import io.github.zitadelserviceuser.client.grpc.ServiceUserClientInterceptor;
import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.net.HostNotAllowedException;
import io.github.zitadelserviceuser.net.Origin;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What arrives at a server, and what never does.
 */
class GrpcCallTests {

	private static final List<String> TOKEN = List.of("Bearer first");

	private static final List<String> OWN = List.of("Basic own");

	private static final String INSTANCE = "x-zitadel-instance-host";

	private static final EchoServer SERVER = EchoServer.start();

	private ManagedChannel channel;

	@BeforeEach
	void reset() {
		SERVER.reset();
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
	void callWhenInterceptedThenTokenArrives() {
		open(new ServiceUserClientInterceptor(credentials("localhost")));
		assertThat(Calls.unary(this.channel, "hello")).isEqualTo("hello");
		assertThat(SERVER.authorizations()).containsExactly(TOKEN);
	}

	@Test
	void callWhenItHasTheCredentialsThenTokenArrives() {
		open();
		Calls.unary(this.channel, "hello", CallOptions.DEFAULT.withCallCredentials(credentials("localhost")));
		Calls.unary(this.channel, "hello");
		assertThat(SERVER.authorizations()).containsExactly(TOKEN, List.of());
	}

	@Test
	void callWhenCallerSetsAuthorizationThenItIsKept() {
		// The last interceptor of a channel is the first to see a call.
		open(new ServiceUserClientInterceptor(credentials("localhost")), Calls.entry("authorization", "Basic own"));
		Calls.unary(this.channel, "hello");
		assertThat(SERVER.authorizations()).containsExactly(OWN);
	}

	@Test
	void callWhenLaterInterceptorSetsAuthorizationThenItIsKept() {
		open(Calls.entry("authorization", "Basic own"), new ServiceUserClientInterceptor(credentials("localhost")));
		Calls.unary(this.channel, "hello");
		assertThat(SERVER.authorizations()).containsExactly(OWN);
	}

	@Test
	void callWhenCallerHasCredentialsThenTheyAreKept() {
		open(new ServiceUserClientInterceptor(credentials("localhost")));
		Calls.unary(this.channel, "hello", CallOptions.DEFAULT.withCallCredentials(new OwnCredentials()));
		assertThat(SERVER.authorizations()).containsExactly(OWN);
	}

	@Test
	void callWhenHostIsNotAllowedThenFailsAndIsNotSent() {
		open(new ServiceUserClientInterceptor(credentials("api.example.com")));
		Status failure = Calls.failureOf(this.channel);
		assertThat(failure.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
		assertThat(failure.getDescription()).contains("http://" + SERVER.authority(),
				"zitadel.service-user.allowed-hosts");
		assertThat(failure.getCause()).isInstanceOf(HostNotAllowedException.class);
		assertThat(SERVER.authorizations()).isEmpty();
	}

	@Test
	void callWhenHostIsNotAllowedAndCallerSetsAuthorizationThenIsSentWithIt() {
		open(Calls.entry("authorization", "Basic own"),
				new ServiceUserClientInterceptor(credentials("api.example.com")));
		Calls.unary(this.channel, "hello");
		assertThat(SERVER.authorizations()).containsExactly(OWN);
	}

	@Test
	void callWhenToInternalAddressThenNamesTheInstance() {
		ClientInterceptor interceptor = new ServiceUserClientInterceptor(internalCredentials());
		open(interceptor);
		Calls.unary(this.channel, "hello");
		assertThat(SERVER.received(INSTANCE)).containsExactly(List.of("zitadel.example"));
		assertThat(SERVER.authorizations()).containsExactly(TOKEN);
	}

	@Test
	void callWhenToInternalAddressAndCallerNamesInstanceThenItIsKept() {
		open(Calls.entry(INSTANCE, "other.example"), new ServiceUserClientInterceptor(internalCredentials()));
		Calls.unary(this.channel, "hello");
		assertThat(SERVER.received(INSTANCE)).containsExactly(List.of("other.example"));
		assertThat(SERVER.authorizations()).containsExactly(TOKEN);
	}

	@Test
	void callWhenToTheIssuerThenHasTheHeadersOfItsGatewayAndToAnAllowedHostNot() {
		Origin issuer = new Origin("http", "localhost", SERVER.port());
		IssuerHeaders headers = new IssuerHeaders(Map.of(issuer, Map.of("X-Gateway-Key", "s3cret")));
		AllowedHosts allowed = new AllowedHosts("zitadel.service-user", List.of(issuer), List.of("127.0.0.1"), true);
		ServiceUserCallCredentials credentials = new ServiceUserCallCredentials(new ScriptedTokens(), allowed, headers);
		open(new ServiceUserClientInterceptor(credentials));
		Calls.unary(this.channel, "hello");
		assertThat(SERVER.received("x-gateway-key")).containsExactly(List.of("s3cret"));
		this.channel.shutdownNow();
		IssuerHeaders elsewhere = new IssuerHeaders(
				Map.of(new Origin("http", "zitadel.example", 80), Map.of("X-Gateway-Key", "s3cret")));
		open(new ServiceUserClientInterceptor(
				new ServiceUserCallCredentials(new ScriptedTokens(), allowed, elsewhere)));
		Calls.unary(this.channel, "hello");
		assertThat(SERVER.received("x-gateway-key")).containsExactly(List.of("s3cret"), List.of());
		assertThat(SERVER.authorizations()).containsExactly(TOKEN, TOKEN);
	}

	private void open(ClientInterceptor... interceptors) {
		this.channel = Calls.plainText(SERVER, interceptors);
	}

	private static ServiceUserCallCredentials credentials(String host) {
		return new ServiceUserCallCredentials(new ScriptedTokens(),
				new AllowedHosts("zitadel.service-user", List.of(), List.of(host), true), null);
	}

	private static ServiceUserCallCredentials internalCredentials() {
		Origin origin = new Origin("http", "localhost", SERVER.port());
		return new ServiceUserCallCredentials(new ScriptedTokens(),
				new AllowedHosts("zitadel.service-user", List.of(origin), List.of(), true),
				new IssuerHeaders(Map.of(origin, Map.of(INSTANCE, "zitadel.example"))));
	}

	private static final class OwnCredentials extends CallCredentials {

		@Override
		public void applyRequestMetadata(RequestInfo requestInfo, Executor appExecutor, MetadataApplier applier) {
			Metadata metadata = new Metadata();
			metadata.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Basic own");
			applier.apply(metadata);
		}

	}

}
