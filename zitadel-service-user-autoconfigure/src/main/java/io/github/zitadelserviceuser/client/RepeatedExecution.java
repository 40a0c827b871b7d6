// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;

import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenSource;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/**
 * An execution that is made once more, with another token, if the answer is 401. Where
 * the body cannot be sent again, or there is no other token, whatever the reason, that
 * answer stands: it says more to the caller than why there is none. Whoever has it knows
 * that the next call does not have the rejected token if there is another.
 */
final class RepeatedExecution {

	private final TokenSource tokenSource;

	private final Execution execution;

	private final BooleanSupplier repeatable;

	/**
	 * Create a new execution.
	 * @param tokenSource where another token comes from
	 * @param execution sends a request with a token
	 * @param repeatable returns whether it can be sent again, once it was sent
	 */
	RepeatedExecution(TokenSource tokenSource, Execution execution, BooleanSupplier repeatable) {
		this.tokenSource = tokenSource;
		this.execution = execution;
		this.repeatable = repeatable;
	}

	ClientHttpResponse execute(AccessToken token) throws IOException {
		ClientHttpResponse response = this.execution.execute(token);
		if (!HttpStatus.UNAUTHORIZED.isSameCodeAs(status(response))) {
			return response;
		}
		AccessToken other = insteadOf(token);
		if (other == null || other.equals(token) || !this.repeatable.getAsBoolean()) {
			return response;
		}
		response.close();
		return this.execution.execute(other);
	}

	// Nobody else has an answer whose status cannot be read, and its connection would
	// stay open.
	static HttpStatusCode status(ClientHttpResponse response) throws IOException {
		try {
			return response.getStatusCode();
		}
		catch (IOException | RuntimeException ex) {
			response.close();
			throw ex;
		}
	}

	private @Nullable AccessToken insteadOf(AccessToken rejected) {
		try {
			return await(this.tokenSource.reject(rejected));
		}
		catch (ExecutionException | RuntimeException ex) {
			return null;
		}
	}

	private static @Nullable AccessToken await(CompletableFuture<AccessToken> other) throws ExecutionException {
		try {
			return other.get();
		}
		catch (InterruptedException ex) {
			other.cancel(false);
			Thread.currentThread().interrupt();
			return null;
		}
	}

	/**
	 * Sends a request.
	 */
	@FunctionalInterface
	interface Execution {

		ClientHttpResponse execute(AccessToken token) throws IOException;

	}

}
