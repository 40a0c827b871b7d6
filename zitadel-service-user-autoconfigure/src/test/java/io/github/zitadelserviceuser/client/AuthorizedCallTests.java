// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.zitadelserviceuser.net.HostNotAllowedException;
import io.github.zitadelserviceuser.net.Origin;
import io.github.zitadelserviceuser.token.TokenRequestException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What leaves a client that calls as the service user, and what does not.
 */
class AuthorizedCallTests {

	private final RecordingServer server = new RecordingServer();

	private final ScriptedTokenSource tokens = new ScriptedTokenSource();

	@BeforeEach
	void accept() {
		this.server.accept("first");
	}

	@AfterEach
	void close() {
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource
	void callThenTokenArrivesExactlyOnce(AuthorizedClient client) {
		assertThat(client.call(this.tokens, this.server.uri())).isEqualTo("welcome");
		assertThat(this.server.received()).hasSize(1);
		assertThat(this.server.received().get(0).authorization()).containsExactly("Bearer first");
	}

	@ParameterizedTest
	@EnumSource
	void callWhenRequestHasAnAuthorizationOfItsOwnThenItIsKeptAndNoTokenIsAskedFor(AuthorizedClient client) {
		this.tokens.hold(CompletableFuture.failedFuture(ScriptedTokenSource.failure()));
		HttpHeaders headers = new HttpHeaders();
		headers.setBearerAuth("own");
		this.server.accept("own");
		assertThat(client.call(this.tokens, null, this.server.uri(), headers)).isEqualTo("welcome");
		assertThat(this.server.received().get(0).authorization()).containsExactly("Bearer own");
		assertThat(this.tokens.rejected()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void callWhenHostIsNotAllowedThenNothingIsSentAndNoTokenIsAskedFor(AuthorizedClient client) {
		this.tokens.hold(CompletableFuture.failedFuture(ScriptedTokenSource.failure()));
		URI other = URI.create(this.server.uri().toString().replace("localhost", "127.0.0.1"));
		assertThatExceptionOfType(HostNotAllowedException.class).isThrownBy(() -> client.call(this.tokens, other))
			.withMessageContaining("127.0.0.1");
		assertThat(this.server.received()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void callWhenThereIsNoTokenThenNothingIsSentUntilThereIsOne(AuthorizedClient client) {
		this.tokens.hold(CompletableFuture.failedFuture(ScriptedTokenSource.failure()));
		assertThatExceptionOfType(TokenRequestException.class)
			.isThrownBy(() -> client.call(this.tokens, this.server.uri()));
		assertThat(this.server.received()).isEmpty();
		this.tokens.hold(CompletableFuture.completedFuture(ScriptedTokenSource.token("first")));
		assertThat(client.call(this.tokens, this.server.uri())).isEqualTo("welcome");
	}

	@ParameterizedTest
	@EnumSource
	void callWhenThroughTheInternalAddressThenNamesTheInstance(AuthorizedClient client) {
		// Any header does; this is one that the server records.
		IssuerHeaders address = new IssuerHeaders(
				Map.of(Origin.of(this.server.uri()), Map.of("Content-Type", "text/instance")));
		client.call(this.tokens, address, this.server.uri(), new HttpHeaders());
		assertThat(this.server.received().get(0).contentType()).isEqualTo("text/instance");
	}

	@ParameterizedTest
	@EnumSource
	void callWhenInstanceIsNamedAlreadyThenItIsKept(AuthorizedClient client) {
		IssuerHeaders address = new IssuerHeaders(
				Map.of(Origin.of(this.server.uri()), Map.of("Content-Type", "text/instance")));
		HttpHeaders headers = new HttpHeaders();
		headers.set("Content-Type", "text/own");
		client.call(this.tokens, address, this.server.uri(), headers);
		assertThat(this.server.received().get(0).contentType()).isEqualTo("text/own");
	}

	@ParameterizedTest
	@EnumSource
	void callWhenNotThroughTheInternalAddressThenDoesNotNameTheInstance(AuthorizedClient client) {
		for (String other : List.of("http://localhost:1", "https://" + this.server.uri().getAuthority())) {
			IssuerHeaders address = new IssuerHeaders(
					Map.of(Origin.of(URI.create(other)), Map.of("Content-Type", "text/instance")));
			client.call(this.tokens, address, this.server.uri(), new HttpHeaders());
		}
		assertThat(this.server.received()).hasSize(2).allMatch((received) -> received.contentType() == null);
	}

}
