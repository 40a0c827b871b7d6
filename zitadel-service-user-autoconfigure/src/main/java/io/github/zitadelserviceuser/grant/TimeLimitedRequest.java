// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

import io.github.zitadelserviceuser.token.BackgroundTasks;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.ReflectionUtils;

/**
 * One request with a limit to the time that it takes.
 */
final class TimeLimitedRequest implements ClientHttpRequest {

	private final ClientHttpRequest request;

	private final Duration limit;

	private final BackgroundTasks tasks;

	TimeLimitedRequest(ClientHttpRequest request, Duration limit, BackgroundTasks tasks) {
		this.request = request;
		this.limit = limit;
		this.tasks = tasks;
	}

	@Override
	public ClientHttpResponse execute() throws IOException {
		limitReads();
		ExchangeLimit limit = new ExchangeLimit(this.limit, this.tasks);
		limit.watch(() -> {
			if (!abort()) {
				limit.interrupt();
			}
		});
		try {
			ClientHttpResponse response = this.request.execute();
			// What the thread does with the answer, or after it, is not interrupted: an
			// interceptor may throw one away and send the request again.
			limit.watch(this::abort);
			return new TimeLimitedResponse(response, limit, this::abort);
		}
		catch (IOException | RuntimeException ex) {
			limit.end();
			// Spring leaves a request of Jetty's under way that it no longer waits for.
			abort();
			throw limit.toTell(ex);
		}
	}

	/**
	 * HttpURLConnection has nothing that ends a wait for more of the body but its own
	 * time-out: to close it waits for whoever reads.
	 */
	private void limitReads() {
		if (field("connection") instanceof HttpURLConnection connection) {
			int most = (int) Math.max(1, Math.min(Integer.MAX_VALUE, this.limit.toMillis()));
			int timeout = connection.getReadTimeout();
			// Zero is none.
			connection.setReadTimeout((timeout > 0) ? Math.min(timeout, most) : most);
		}
	}

	/**
	 * End the wait for an answer from another thread. The JDK's client and Reactor Netty
	 * do so when their thread is interrupted. The others have a handle for it that Spring
	 * keeps to itself: where it is not found, only an interrupt remains.
	 * @return whether the library was told
	 */
	private boolean abort() {
		// HttpURLConnection
		if (field("connection") instanceof HttpURLConnection connection) {
			connection.disconnect();
			return true;
		}
		// HttpComponents and Jetty
		return call(field("httpRequest"), "abort", new Class<?>[0]) || call(field("request"), "abort",
				new Class<?>[] { Throwable.class }, new InterruptedIOException("The request is no longer awaited"));
	}

	private @Nullable Object field(String name) {
		Field field = ReflectionUtils.findField(this.request.getClass(), name);
		if (field == null) {
			return null;
		}
		ReflectionUtils.makeAccessible(field);
		return ReflectionUtils.getField(field, this.request);
	}

	private static boolean call(@Nullable Object handle, String name, Class<?>[] types, Object... arguments) {
		Method method = (handle != null) ? ReflectionUtils.findMethod(handle.getClass(), name, types) : null;
		if (method == null) {
			return false;
		}
		ReflectionUtils.invokeMethod(method, handle, arguments);
		return true;
	}

	@Override
	public HttpMethod getMethod() {
		return this.request.getMethod();
	}

	@Override
	public URI getURI() {
		return this.request.getURI();
	}

	@Override
	public Map<String, Object> getAttributes() {
		return this.request.getAttributes();
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.request.getHeaders();
	}

	@Override
	public OutputStream getBody() throws IOException {
		return this.request.getBody();
	}

}
