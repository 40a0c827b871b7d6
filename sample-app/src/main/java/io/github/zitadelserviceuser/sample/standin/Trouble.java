// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.sample.standin;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeZitadel;

/**
 * The trouble that ZITADEL, its administrators and its clock can make.
 */
public final class Trouble {

	private static final Duration SLOW = Duration.ofSeconds(3);

	private static final Duration DRIFT = Duration.ofMinutes(5);

	private final FakeZitadel zitadel;

	private final StandInApi api;

	private final Set<Kind> lasting = Collections.synchronizedSet(EnumSet.noneOf(Kind.class));

	Trouble(FakeZitadel zitadel, StandInApi api) {
		this.zitadel = zitadel;
		this.api = api;
	}

	/**
	 * Make one kind of trouble, besides what there is already, or end all.
	 * @param kind the kind
	 */
	public void make(Kind kind) {
		switch (kind) {
			case REVOKE_TOKEN -> {
				this.zitadel.revokeAllTokens();
				this.api.rejectTokens();
			}
			case LOCK_USER -> {
				this.zitadel.serviceUser().lock();
				this.api.rejectTokens();
			}
			case TAKE_DOWN -> {
				FakeAnswer unavailable = FakeAnswer.text(503, "upstream connect error");
				this.zitadel.discovery().answerAlways(unavailable);
				this.zitadel.tokenEndpoint().answerAlways(unavailable);
			}
			case SLOW_DOWN -> this.zitadel.tokenEndpoint().delay(SLOW);
			case ROTATE_KEY -> this.zitadel.serviceUser().rotateKey();
			case DRIFT_CLOCK -> this.zitadel.clockOffset(DRIFT);
			case END -> end();
		}
		if (kind.lasts) {
			this.lasting.add(kind);
		}
	}

	/**
	 * Return the trouble that lasts.
	 * @return a short text
	 */
	public String now() {
		return this.lasting.isEmpty() ? "none"
				: this.lasting.stream().map(Kind::text).collect(Collectors.joining(", "));
	}

	private void end() {
		this.zitadel.discovery().answerNormally();
		this.zitadel.tokenEndpoint().answerNormally();
		this.zitadel.tokenEndpoint().delay(Duration.ZERO);
		this.zitadel.tokenEndpoint().release();
		this.zitadel.clockOffset(Duration.ZERO);
		this.zitadel.serviceUser().reactivate();
		this.lasting.clear();
	}

	/**
	 * The kinds of trouble.
	 */
	public enum Kind {

		/**
		 * The token that is held is worth nothing any more.
		 */
		REVOKE_TOKEN(false, "Revoke the token",
				"The API answers 401 once, and the call is repeated with a new token. "
						+ "A token that is younger than 10 s is not replaced: a new one could not do better."),

		/**
		 * The user is locked, and its tokens with it.
		 */
		LOCK_USER(true, "Lock the user", "Its token is dead, and no other is to be had: calls fail, and say why."),

		/**
		 * The token endpoint answers 503.
		 */
		TAKE_DOWN(true, "Take ZITADEL down", "The token is used to its end, and no call notices until then."),

		/**
		 * The token endpoint takes three seconds.
		 */
		SLOW_DOWN(true, "Slow ZITADEL down", "A refresh takes three seconds, which nobody waits for."),

		/**
		 * A new key takes the place of the old one, in the file and at ZITADEL.
		 */
		ROTATE_KEY(false, "Rotate the key", "The next request is signed with the new key, without a restart."),

		/**
		 * ZITADEL's clock is five minutes ahead.
		 */
		DRIFT_CLOCK(true, "Drift the clock", "ZITADEL refuses the assertion, which is then dated by its clock."),

		/**
		 * All is well again.
		 */
		END(false, "End the trouble", "All is well again, within a pause of a few seconds.");

		private final boolean lasts;

		private final String text;

		private final String expectation;

		Kind(boolean lasts, String text, String expectation) {
			this.lasts = lasts;
			this.text = text;
			this.expectation = expectation;
		}

		/**
		 * Return what is done.
		 * @return the text of a button
		 */
		public String text() {
			return this.text;
		}

		/**
		 * Return what is to be seen then.
		 * @return a sentence
		 */
		public String expectation() {
			return this.expectation;
		}

	}

}
