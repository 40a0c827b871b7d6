// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.holder;

import java.time.Duration;
import java.util.function.BiFunction;

/**
 * What is compared, and with which settings: each with those of its own documentation.
 *
 * @since 0.1.0
 */
public enum HolderKind {

	/**
	 * This library.
	 */
	SERVICE_USER("this library", true, true, Duration.ZERO, ServiceUserHolder::new),

	/**
	 * Google's client.
	 */
	GOOGLE("google-auth", true, true, Duration.ofSeconds(225), GoogleHolder::new),

	/**
	 * Spring Security for blocking callers.
	 */
	SPRING_SERVLET("Spring Security, servlet", true, false, Duration.ofMinutes(1), SpringServletHolder::new),

	/**
	 * Spring Security for non-blocking callers.
	 */
	SPRING_REACTIVE("Spring Security, reactive", false, true, Duration.ofMinutes(1), SpringReactiveHolder::new),

	/**
	 * The cache of the AWS SDK, as it is by default.
	 */
	AWS("AWS, one caller blocks", true, false, Duration.ofMinutes(5),
			(endpoint, timing) -> new AwsHolder(endpoint, timing, false)),

	/**
	 * The cache of the AWS SDK that refreshes in the background.
	 */
	AWS_NON_BLOCKING("AWS, non-blocking", true, false, Duration.ofMinutes(5),
			(endpoint, timing) -> new AwsHolder(endpoint, timing, true));

	private static final String SETTINGS = """
			Settings are those of the documentation of each: this library and google-auth (`OAuth2Credentials`, refresh \
			from 3:45 min before the end, end of use at 3 min) with their defaults; Spring Security's \
			`AuthorizedClientService…Manager` for client credentials with its clock skew of 60 s and its stores in \
			memory; the `CachedSupplier` of the AWS SDK with the times of `StsCredentialsProvider`, stale 1 min and \
			prefetch 5 min before the end, with each of its strategies.
			""";

	private final String title;

	private final boolean blocking;

	private final boolean nonBlocking;

	private final Duration refreshBeforeEnd;

	@SuppressWarnings("ImmutableEnumChecker") // a constructor has no state
	private final BiFunction<StubEndpoint, Timing, Holder> factory;

	HolderKind(String title, boolean blocking, boolean nonBlocking, Duration refreshBeforeEnd,
			BiFunction<StubEndpoint, Timing, Holder> factory) {
		this.title = title;
		this.blocking = blocking;
		this.nonBlocking = nonBlocking;
		this.refreshBeforeEnd = refreshBeforeEnd;
		this.factory = factory;
	}

	/**
	 * Return the settings and versions of all, for the documentation.
	 * @return the text
	 */
	public static String settings() {
		return SETTINGS.strip() + " " + Versions.sentence() + "\n";
	}

	/**
	 * Create a holder that has no token.
	 * @param endpoint where it gets one
	 * @param timing the time it lives in
	 * @return the holder
	 */
	public Holder create(StubEndpoint endpoint, Timing timing) {
		return this.factory.apply(endpoint, timing);
	}

	/**
	 * Return the name for the documentation.
	 * @return the title
	 */
	public String title() {
		return this.title;
	}

	/**
	 * Return whether it is made for callers that block.
	 * @return whether {@link Holder#token()} is how it is used
	 */
	public boolean isBlocking() {
		return this.blocking;
	}

	/**
	 * Return whether it is made for callers that don't block.
	 * @return whether {@link Holder#tokenLater()} does what it says
	 */
	public boolean isNonBlocking() {
		return this.nonBlocking;
	}

	/**
	 * Return how long before the end of a token it gets another one.
	 * @return the time ahead, or zero if that depends on the lifetime
	 */
	public Duration refreshBeforeEnd() {
		return this.refreshBeforeEnd;
	}

}
