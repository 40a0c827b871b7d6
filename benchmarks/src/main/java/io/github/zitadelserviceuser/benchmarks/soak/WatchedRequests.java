// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.soak;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenListener;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Knows until when an application has a token that it can use, from when it asked for it
 * and not from what the application remembers of it.
 */
final class WatchedRequests implements ClientHttpRequestInterceptor, TokenListener {

	/**
	 * What a thread may lose between looking at the time here and looking at it in the
	 * source of tokens.
	 */
	private static final long SLACK = TimeUnit.MILLISECONDS.toNanos(50);

	private final Lock gate;

	private volatile long requestedAt;

	private volatile @Nullable Long usableUntil;

	/**
	 * Create a new instance.
	 * @param gate is held while a request is under way
	 */
	WatchedRequests(Lock gate) {
		this.gate = gate;
	}

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		this.requestedAt = System.nanoTime();
		this.gate.lock();
		try {
			return execution.execute(request, body);
		}
		finally {
			this.gate.unlock();
		}
	}

	@Override
	public void onObtained(AccessToken token) {
		// There is one request at a time.
		this.usableUntil = this.requestedAt + SoakSettings.USABLE_FOR.toNanos() - SLACK;
	}

	@Override
	public void onRefreshed(AccessToken token) {
		onObtained(token);
	}

	/**
	 * Tell whether a usable token is at hand, so that a call that begins now must not
	 * fail.
	 * @return whether there is one
	 */
	boolean hasToken() {
		Long end = this.usableUntil;
		return end != null && System.nanoTime() - end < 0;
	}

}
