// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.net.URI;
import java.util.List;
import java.util.Map;

import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.net.HostNotAllowedException;
import io.github.zitadelserviceuser.net.Origin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests of {@link AuthorizedRequest}: who sees the token, and what others do to the
 * request after it was authorized.
 */
class AuthorizedRequestTests {

	private final RecordingServer server = new RecordingServer();

	private final RecordingServer other = new RecordingServer();

	private final ScriptedTokenSource tokens = new ScriptedTokenSource();

	@BeforeEach
	void accept() {
		this.server.accept("first");
	}

	@AfterEach
	void close() {
		this.server.close();
		this.other.close();
	}

	@Test
	void filterWhenAfterOursThenSeesNoToken() {
		assertThat(call(client((request, next) -> {
			assertThat(request.headers().containsHeader("Authorization")).isFalse();
			return next.exchange(request);
		}).get().uri(this.server.uri()))).isEqualTo("welcome");
	}

	@Test
	void filterWhenItCopiesTheRequestThenTokenAndBodyAreKept() {
		this.server.accept("second");
		assertThat(call(client(
				(request, next) -> next.exchange(ClientRequest.from(request).header("X-Filter", "value").build()))
			.put()
			.uri(this.server.uri())
			.bodyValue("body"))).isEqualTo("welcome");
		assertThat(this.server.received()).extracting(RecordingServer.Received::authorization)
			.containsExactly(List.of("Bearer first"), List.of("Bearer second"));
		assertThat(this.server.received()).extracting(RecordingServer.Received::body).containsExactly("body", "body");
	}

	@Test
	void filterWhenItLeadsElsewhereThenTokenIsNotSentThere() {
		WebClient client = client(
				(request, next) -> next.exchange(ClientRequest.from(request).url(elsewhere()).build()));
		assertThat(NestedExceptionUtils
			.getMostSpecificCause(catchThrowable(() -> call(client.get().uri(this.server.uri())))))
			.isInstanceOf(HostNotAllowedException.class);
		assertThat(this.other.received()).isEmpty();
		assertThat(call(client().get().uri(this.server.uri()))).isEqualTo("welcome");
	}

	@Test
	void filterWhenItSetsCredentialsThenTheyAreSentAndTheirRejectionIsNotOurs() {
		WebClient client = client((request, next) -> next
			.exchange(ClientRequest.from(request).headers((headers) -> headers.setBearerAuth("other")).build()));
		assertThatExceptionOfType(WebClientResponseException.Unauthorized.class)
			.isThrownBy(() -> call(client.get().uri(this.server.uri())));
		assertThat(this.server.received()).extracting(RecordingServer.Received::authorization)
			.containsExactly(List.of("Bearer other"));
		assertThat(this.tokens.rejected()).isEmpty();
	}

	/**
	 * As it is with a header, which the second one would see.
	 */
	@Test
	void filterWhenAnotherServiceUsersComesLaterThenRequestIsLeftToTheFirst() {
		this.server.accept("second");
		ScriptedTokenSource others = new ScriptedTokenSource();
		AllowedHosts nowhere = new AllowedHosts("zitadel.service-users.other", List.of(), List.of(), true);
		ExchangeFilterFunction other = new ServiceUserExchangeFilterFunction(others, nowhere, null);
		assertThat(call(client(other).put().uri(this.server.uri()).bodyValue("body"))).isEqualTo("welcome");
		assertThat(call(client((request, next) -> next.exchange(ClientRequest.from(request).build()), other).get()
			.uri(this.server.uri()))).isEqualTo("welcome");
		assertThat(this.server.received()).extracting(RecordingServer.Received::authorization)
			.containsExactly(List.of("Bearer first"), List.of("Bearer second"), List.of("Bearer second"));
	}

	@Test
	void callWhenNativeRequestIsGivenCredentialsThenTokenIsNotAdded() {
		call(client().get()
			.uri(this.server.uri())
			.httpRequest((request) -> request.getHeaders().add("Authorization", "Bearer first")));
		assertThat(this.server.received()).extracting(RecordingServer.Received::authorization)
			.containsExactly(List.of("Bearer first"));
	}

	@Test
	void callWhenNativeRequestIsChangedThenIsAuthorizedAllTheSame() {
		this.server.accept("second");
		assertThat(call(client().put()
			.uri(this.server.uri())
			.httpRequest((request) -> request.getHeaders().add("X-Native", "value"))
			.bodyValue("body"))).isEqualTo("welcome");
		assertThat(this.server.received()).extracting(RecordingServer.Received::authorization)
			.containsExactly(List.of("Bearer first"), List.of("Bearer second"));
	}

	@Test
	void callWhenItFailsThenExceptionDoesNotKnowTheToken() {
		this.tokens.keepWhenRejected();
		this.server.accept("none");
		assertThatExceptionOfType(WebClientResponseException.class)
			.isThrownBy(() -> call(client().get().uri(this.server.uri())))
			.satisfies((failure) -> assertThat(failure.getRequest()).isNotNull()
				.satisfies((request) -> assertThat(request.getHeaders().containsHeader("Authorization")).isFalse()));
	}

	@Test
	void writeWhenCallerNamesTheInstanceThenThatIsKept() {
		IssuerHeaders address = new IssuerHeaders(
				Map.of(Origin.of(this.server.uri()), Map.of("x-zitadel-instance-host", "ours")));
		ClientRequest request = ClientRequest.create(HttpMethod.GET, this.server.uri())
			.header("X-Zitadel-Instance-Host", "of the caller")
			.build();
		assertThat(new ServiceUserExchangeFilterFunction(this.tokens, AuthorizedClient.hosts(), address)
			.filter(request, (sent) -> WrittenRequest.headers(sent).map((headers) -> {
				assertThat(headers.get("x-zitadel-instance-host")).containsExactly("of the caller");
				return ClientResponse.create(HttpStatus.OK).build();
			}))
			.block()).isNotNull();
	}

	private URI elsewhere() {
		return URI.create("http://127.0.0.1:" + this.other.uri().getPort() + "/");
	}

	private WebClient client(ExchangeFilterFunction... after) {
		return WebClient.builder()
			.clientConnector(new JdkClientHttpConnector())
			.filter(new ServiceUserExchangeFilterFunction(this.tokens, AuthorizedClient.hosts(), null))
			.filters((filters) -> filters.addAll(List.of(after)))
			.build();
	}

	private static String call(WebClient.RequestHeadersSpec<?> request) {
		Mono<String> body = request.retrieve().bodyToMono(String.class);
		return String.valueOf(body.block());
	}

}
