// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.principal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.zitadelserviceuser.benchmarks.holder.SpringClients;
import io.github.zitadelserviceuser.benchmarks.holder.StubEndpoint;
import io.github.zitadelserviceuser.benchmarks.holder.Timing;
import io.github.zitadelserviceuser.benchmarks.report.Environment;
import io.github.zitadelserviceuser.benchmarks.report.Heap;
import io.github.zitadelserviceuser.benchmarks.report.PerformancePage;
import io.github.zitadelserviceuser.security.ServiceUserAuthorizedClientProvider;
import io.github.zitadelserviceuser.security.ServiceUserGrantType;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenResponse;

import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientManager;

/**
 * Calls out for each of many end users, and writes how many tokens that took and what is
 * on the heap since then into the documentation.
 *
 * @since 0.1.0
 */
public final class PrincipalMeasurement {

	private static final int PRINCIPALS = 10_000;

	private PrincipalMeasurement() {
	}

	/**
	 * Run the measurement.
	 * @param args the directory of the documentation, and {@code short} or {@code full}
	 * @throws IOException if the results cannot be written
	 */
	public static void main(String[] args) throws IOException {
		Environment environment = Environment.current();
		StringBuilder table = new StringBuilder("""
				| | token requests | heap kept | per end user |
				|---|--:|--:|--:|
				""");
		table.append(row("this library, by its filter, interceptor or `TokenSource`", PrincipalMeasurement::ours));
		table.append(row("this library, by Spring Security's servlet manager", PrincipalMeasurement::oursBySpring));
		table.append(
				row("Spring Security, servlet", (endpoint) -> servlet(SpringClients.servlet(endpoint, Timing.SYSTEM))));
		table.append(row("Spring Security, reactive",
				(endpoint) -> reactive(SpringClients.reactive(endpoint, Timing.SYSTEM))));
		String content = table + "\n"
				+ String.format(Locale.ROOT,
						"""
								%,d end users, one call for each, tokens of %d characters. Spring Security's stores in memory keep an entry for \
								each end user, and so they do when the token comes from this library's provider: that saves the requests and \
								the tokens, not the entries.
								""",
						PRINCIPALS, StubEndpoint.TOKEN_LENGTH);
		new PerformancePage(Path.of(args[0])).replace("principals", environment, content);
		System.out.println(content);
	}

	private static String row(String title, Function<StubEndpoint, Consumer<String>> holder) {
		StubEndpoint endpoint = StubEndpoint.of(Duration.ZERO);
		Consumer<String> call = holder.apply(endpoint);
		call.accept("the first user");
		long before = Heap.used();
		for (int i = 1; i < PRINCIPALS; i++) {
			call.accept("user-" + i);
		}
		long kept = Math.max(0, Heap.used() - before);
		// Until here, what was called has to be reachable.
		call.accept("user-1");
		return String.format(Locale.ROOT, "| %s | %,d | %,d KiB | %,d B |%n", title, endpoint.requests(), kept / 1024,
				kept / PRINCIPALS);
	}

	private static Consumer<String> ours(StubEndpoint endpoint) {
		RefreshingTokenSource source = source(endpoint);
		return (user) -> source.await();
	}

	private static Consumer<String> oursBySpring(StubEndpoint endpoint) {
		return servlet(SpringClients.servlet(SpringClients.registration(ServiceUserGrantType.SERVICE_USER),
				new ServiceUserAuthorizedClientProvider(source(endpoint))));
	}

	private static RefreshingTokenSource source(StubEndpoint endpoint) {
		return RefreshingTokenSource.builder(() -> new TokenResponse(endpoint.request().token(), Duration.ofHours(12)))
			.build();
	}

	private static Consumer<String> servlet(OAuth2AuthorizedClientManager manager) {
		return (user) -> manager.authorize(request(user));
	}

	private static Consumer<String> reactive(ReactiveOAuth2AuthorizedClientManager manager) {
		return (user) -> manager.authorize(request(user)).block();
	}

	private static OAuth2AuthorizeRequest request(String user) {
		return OAuth2AuthorizeRequest.withClientRegistrationId(SpringClients.REGISTRATION_ID).principal(user).build();
	}

}
