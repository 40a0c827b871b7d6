// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.sample.page;

import java.time.Clock;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenListener;
import io.github.zitadelserviceuser.token.TokenRequestException;

import org.springframework.stereotype.Component;

/**
 * Remembers the latest events in the life of the token.
 */
@Component
class TokenEvents implements TokenListener {

	private static final int REMEMBERED = 12;

	private final Clock clock = Clock.system(ZoneId.systemDefault());

	private final AtomicInteger requests = new AtomicInteger();

	private final Deque<Event> events = new ArrayDeque<>();

	@Override
	public void onObtained(AccessToken token) {
		this.requests.incrementAndGet();
		add("obtained", "a token where there was none");
	}

	@Override
	public void onRefreshed(AccessToken token) {
		this.requests.incrementAndGet();
		add("refreshed", "the token was replaced while it could still be used");
	}

	@Override
	public void onFailed(TokenRequestException failure) {
		this.requests.incrementAndGet();
		add("failed", failure.getReason() + ": " + failure.getMessage());
	}

	@Override
	public void onRejected(AccessToken token) {
		add("rejected", "an API answered 401 to the token");
	}

	synchronized void add(String kind, String text) {
		this.events.addFirst(new Event(LocalTime.now(this.clock).truncatedTo(ChronoUnit.SECONDS), kind, text));
		if (this.events.size() > REMEMBERED) {
			this.events.removeLast();
		}
	}

	int requests() {
		return this.requests.get();
	}

	synchronized List<Event> latest() {
		return List.copyOf(this.events);
	}

	/**
	 * What happened.
	 *
	 * @param at when
	 * @param kind one word
	 * @param text a sentence, without any secret
	 */
	record Event(LocalTime at, String kind, String text) {

	}

}
