// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;

import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import io.github.zitadelserviceuser.token.TokenResponse;

import org.springframework.web.client.RestClient;

/**
 * One exchange of a credential for a token, whatever the credential: discovers, asks, and
 * where the answer was no token asks once more with what is right by now, and no more
 * than once.
 *
 * @param <I> what a request is made of, apart from the time. Two that are equal are
 * accepted or refused alike
 */
final class TokenExchange<I> {

	/**
	 * Failures that can come of a discovery document that is no longer true: the issuer,
	 * and so the audience, or the token endpoint are others by now. Discovered anew, they
	 * are right, or the failure says what is wrong.
	 */
	private static final Set<Reason> OUTDATED = EnumSet.of(Reason.WRONG_SERVER, Reason.INVALID_RESPONSE, Reason.REFUSED,
			Reason.SERVER_ERROR, Reason.KEY_NOT_KNOWN_YET);

	private final Discovery discovery;

	private final TokenEndpoint tokenEndpoint;

	private final Clock clock;

	private final Proof<I> proof;

	/**
	 * Create a new exchange.
	 * @param server who issues the tokens, and where
	 * @param restClient the client for discovery and token requests. It follows no
	 * redirects, has time-outs, and sends no token of its own
	 * @param clock the clock by which answers are judged
	 * @param discoveryCache what others have discovered
	 * @param proof what is particular to the credential
	 */
	TokenExchange(AuthorizationServer server, RestClient restClient, Clock clock, DiscoveryCache discoveryCache,
			Proof<I> proof) {
		ServerConnection connection = new ServerConnection(restClient, server);
		AnswerFailures failures = new AnswerFailures(server, clock);
		this.discovery = new Discovery(connection, server, failures, discoveryCache);
		this.tokenEndpoint = new TokenEndpoint(connection, failures);
		this.clock = clock;
		this.proof = proof;
	}

	/**
	 * Request a token. A request makes one HTTP call, and one more for discovery the
	 * first time.
	 * @param begin makes what is sent first of what was discovered
	 * @return the token
	 * @throws TokenRequestException if there is none to be had
	 */
	TokenResponse request(Function<ServerMetadata, I> begin) {
		boolean discoveredEarlier = this.discovery.isKnown();
		I first = begin.apply(this.discovery.get());
		ServerAnswer answer = ask(first);
		ClockComparison comparison = new ClockComparison(this.clock.instant(), answer.answeredAt());
		try {
			return read(answer, first);
		}
		catch (TokenRequestException ex) {
			if (!OUTDATED.contains(ex.getReason())) {
				throw ex;
			}
			ServerMetadata metadata = rediscover(this.proof.metadata(first), discoveredEarlier);
			I second = this.proof.again(first, metadata, AnswerKind.of(answer), comparison);
			// The same answer fails again, but is explained by what is known by now.
			return read(second.equals(first) ? answer : ask(second), second);
		}
	}

	private ServerAnswer ask(I inputs) {
		return this.tokenEndpoint.request(this.proof.metadata(inputs).tokenEndpoint(), this.proof.form(inputs));
	}

	private TokenResponse read(ServerAnswer answer, I inputs) {
		if (AnswerKind.of(answer).isUnexplained()) {
			this.proof.refused();
		}
		TokenResponse token = this.tokenEndpoint.read(answer, this.proof.diagnosis(inputs));
		this.proof.accepted(inputs);
		return token;
	}

	/**
	 * Discover again, unless that was done for the request that failed.
	 * @param used what that request went by
	 * @param discoveredEarlier whether it was known before that request
	 * @return what is known now
	 */
	private ServerMetadata rediscover(ServerMetadata used, boolean discoveredEarlier) {
		this.discovery.forget(used);
		if (!discoveredEarlier) {
			return used;
		}
		try {
			return this.discovery.get();
		}
		catch (TokenRequestException ex) {
			if (ex.getReason() == Reason.WRONG_SERVER) {
				throw ex;
			}
			// It says nothing about the failure that is to be explained.
			return used;
		}
	}

	/**
	 * What is particular to one kind of credential.
	 *
	 * @param <I> what a request is made of
	 */
	interface Proof<I> {

		/**
		 * Return what was discovered for a request.
		 * @param inputs what the request is made of
		 * @return where it goes
		 */
		ServerMetadata metadata(I inputs);

		/**
		 * Return what is sent, made anew each time.
		 * @param inputs what the request is made of
		 * @return what is sent
		 */
		TokenForm form(I inputs);

		/**
		 * Return what is right by now.
		 * @param inputs what was answered with no token
		 * @param metadata what is discovered now
		 * @param kind what the answer was
		 * @param clock the clock here and there when the answer came
		 * @return the same if nothing has changed
		 */
		I again(I inputs, ServerMetadata metadata, AnswerKind kind, ClockComparison clock);

		/**
		 * Return what a refusal means.
		 * @param inputs what was refused
		 * @return tells the causes
		 */
		Diagnosis diagnosis(I inputs);

		/**
		 * A request was refused, and the answer does not say why.
		 */
		default void refused() {
		}

		/**
		 * A request was answered with a token.
		 * @param inputs what the request was made of
		 */
		default void accepted(I inputs) {
		}

	}

}
