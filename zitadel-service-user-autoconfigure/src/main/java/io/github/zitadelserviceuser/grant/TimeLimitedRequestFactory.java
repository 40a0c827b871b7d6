// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

import io.github.zitadelserviceuser.token.BackgroundTasks;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * Makes requests that end, whatever the client library makes of them: after a time for
 * head and body together, soon after their thread was interrupted, and at 64 KiB, which
 * no honest answer has. What they hold is let go of: the thread, its processor and the
 * connection.
 * <p>
 * The time-outs of the libraries are for the gap between two bytes, so that an answer
 * which comes drop by drop never meets them. An interrupt ends a wait for the head with
 * some of them, and a wait for the body with none.
 * <p>
 * Instances are safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class TimeLimitedRequestFactory implements ClientHttpRequestFactory {

	private final ClientHttpRequestFactory delegate;

	private final Duration limit;

	private final BackgroundTasks tasks;

	/**
	 * Create a new factory.
	 * @param delegate makes the requests
	 * @param limit how long an exchange may take, from its begin to the end of the body
	 * @param tasks what watches the exchanges that are under way
	 */
	public TimeLimitedRequestFactory(ClientHttpRequestFactory delegate, Duration limit, BackgroundTasks tasks) {
		this.delegate = delegate;
		this.limit = limit;
		this.tasks = tasks;
	}

	@Override
	public ClientHttpRequest createRequest(URI uri, HttpMethod httpMethod) throws IOException {
		return new TimeLimitedRequest(this.delegate.createRequest(uri, httpMethod), this.limit, this.tasks);
	}

}
