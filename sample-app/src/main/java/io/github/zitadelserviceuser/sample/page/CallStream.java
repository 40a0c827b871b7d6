// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.sample.page;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.zitadelserviceuser.ServiceUser;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * Calls an API as the service user, again and again: the stand-in's, or now and then the
 * userinfo endpoint of a real ZITADEL.
 */
@Component
class CallStream implements SmartLifecycle {

	private static final int REMEMBERED = 150;

	private final RestClient restClient;

	private final String uri;

	private final Duration interval;

	private final Deque<Call> calls = new ArrayDeque<>();

	private long served;

	private long failed;

	private @Nullable ScheduledExecutorService timer;

	CallStream(@ServiceUser RestClient restClient, @Value("${sample.api:/oidc/v1/userinfo}") String uri,
			@Value("${sample.interval:10s}") Duration interval) {
		this.restClient = restClient;
		this.interval = interval;
		this.uri = uri;
	}

	@Override
	@SuppressWarnings("FutureReturnValueIgnored") // a call that fails is shown
	public void start() {
		ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "calls");
			thread.setDaemon(true);
			return thread;
		});
		timer.scheduleWithFixedDelay(this::call, this.interval.toMillis(), this.interval.toMillis(),
				TimeUnit.MILLISECONDS);
		this.timer = timer;
	}

	@Override
	public void stop() {
		if (this.timer != null) {
			this.timer.shutdownNow();
			this.timer = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.timer != null;
	}

	private void call() {
		long start = System.nanoTime();
		String failure = null;
		try {
			this.restClient.get().uri(this.uri).retrieve().toBodilessEntity();
		}
		catch (RuntimeException ex) {
			failure = ex.getClass().getSimpleName() + ": " + ex.getMessage();
		}
		add(new Call(Duration.ofNanos(System.nanoTime() - start).toMillis(), failure));
	}

	private synchronized void add(Call call) {
		if (call.isServed()) {
			this.served++;
		}
		else {
			this.failed++;
		}
		this.calls.addLast(call);
		if (this.calls.size() > REMEMBERED) {
			this.calls.removeFirst();
		}
	}

	synchronized List<Call> latest() {
		return List.copyOf(this.calls);
	}

	synchronized long served() {
		return this.served;
	}

	synchronized long failed() {
		return this.failed;
	}

	Duration interval() {
		return this.interval;
	}

	String uri() {
		return this.uri;
	}

}
