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
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link ServiceUserHttpRequestInitializer} in the clients that it is for.
 */
class ServiceUserHttpRequestInitializerTests {

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

	@Test
	void callWhenAllowedThenHasTheToken() {
		assertThat(restClient(null).get().uri(this.server.uri()).retrieve().body(String.class)).isEqualTo("welcome");
		assertThat(restTemplate().getForObject(this.server.uri(), String.class)).isEqualTo("welcome");
		assertThat(this.server.received()).extracting(RecordingServer.Received::authorization)
			.containsExactly(List.of("Bearer first"), List.of("Bearer first"));
	}

	@Test
	void callWhenHostIsNotAllowedThenIsNotSent() {
		URI other = URI.create(this.server.uri().toString().replace("localhost", "127.0.0.1"));
		assertThatExceptionOfType(HostNotAllowedException.class)
			.isThrownBy(() -> restClient(null).get().uri(other).retrieve().toBodilessEntity());
		assertThatExceptionOfType(HostNotAllowedException.class)
			.isThrownBy(() -> restTemplate().getForObject(other, String.class));
		assertThat(this.server.received()).isEmpty();
	}

	@Test
	void callWhenThereIsNoTokenThenFailsAndTheNextSucceeds() {
		this.tokens.hold(CompletableFuture.failedFuture(ScriptedTokenSource.failure()));
		RestClient client = restClient(null);
		assertThatExceptionOfType(TokenRequestException.class)
			.isThrownBy(() -> client.get().uri(this.server.uri()).retrieve().toBodilessEntity());
		assertThat(this.server.received()).isEmpty();
		this.tokens.hold(CompletableFuture.completedFuture(ScriptedTokenSource.token("first")));
		assertThat(client.get().uri(this.server.uri()).retrieve().body(String.class)).isEqualTo("welcome");
	}

	@Test
	void callWhenInternalAddressThenHasItsHeader() {
		IssuerHeaders address = new IssuerHeaders(
				Map.of(Origin.of(this.server.uri()), Map.of("Content-Type", "text/instance")));
		restClient(address).get().uri(this.server.uri()).retrieve().toBodilessEntity();
		assertThat(this.server.received()).singleElement()
			.matches((received) -> received.contentType().equals("text/instance"));
	}

	@Test
	void callWhenAnswerIs401ThenIsNotRepeated() {
		this.server.accept("second");
		assertThatExceptionOfType(HttpClientErrorException.Unauthorized.class)
			.isThrownBy(() -> restClient(null).get().uri(this.server.uri()).retrieve().toBodilessEntity());
		assertThat(this.server.received()).hasSize(1);
		assertThat(this.tokens.rejected()).isEmpty();
	}

	@Test
	void callWhenCallerSetsAuthorizationThenRestTemplateSendsThatAlone() {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.AUTHORIZATION, "Basic own");
		assertThatExceptionOfType(HttpClientErrorException.Unauthorized.class).isThrownBy(() -> restTemplate()
			.exchange(this.server.uri(), HttpMethod.GET, new HttpEntity<>(headers), String.class));
		assertThat(this.server.received()).singleElement()
			.matches((received) -> received.authorization().equals(List.of("Basic own")));
	}

	// What the documentation warns of: a RestClient adds its headers to those that are
	// there.
	@Test
	void callWhenCallerSetsAuthorizationThenRestClientSendsBoth() {
		assertThatExceptionOfType(HttpClientErrorException.Unauthorized.class).isThrownBy(() -> restClient(null).get()
			.uri(this.server.uri())
			.header(HttpHeaders.AUTHORIZATION, "Basic own")
			.retrieve()
			.toBodilessEntity());
		assertThat(this.server.received()).singleElement()
			.matches((received) -> received.authorization().containsAll(List.of("Bearer first", "Basic own")));
	}

	@Test
	void callWhenAnotherInitializerHasSetAuthorizationThenItIsKept() {
		RestClient client = RestClient.builder()
			.requestFactory(new JdkClientHttpRequestFactory())
			.requestInitializer((request) -> request.getHeaders().set(HttpHeaders.AUTHORIZATION, "Basic other"))
			.requestInitializer(new ServiceUserHttpRequestInitializer(this.tokens, AuthorizedClient.hosts(), null))
			.build();
		assertThatExceptionOfType(HttpClientErrorException.Unauthorized.class)
			.isThrownBy(() -> client.get().uri(this.server.uri()).retrieve().toBodilessEntity());
		assertThat(this.server.received()).singleElement()
			.matches((received) -> received.authorization().equals(List.of("Basic other")));
	}

	private RestClient restClient(IssuerHeaders address) {
		return RestClient.builder()
			.requestFactory(new JdkClientHttpRequestFactory())
			.requestInitializer(new ServiceUserHttpRequestInitializer(this.tokens, AuthorizedClient.hosts(), address))
			.build();
	}

	private RestTemplate restTemplate() {
		RestTemplate template = new RestTemplate(new JdkClientHttpRequestFactory());
		template.getClientHttpRequestInitializers()
			.add(new ServiceUserHttpRequestInitializer(this.tokens, AuthorizedClient.hosts(), null));
		return template;
	}

}
