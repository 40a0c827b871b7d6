// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.security.KeyPair;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the words under {@code given} in a row of the record do to a {@link World}.
 */
final class Steps {

	private static final Map<String, Consumer<World>> STEPS = new HashMap<>();

	private static final Map<Pattern, BiConsumer<World, String>> STEPS_WITH_VALUE = new LinkedHashMap<>();

	static {
		STEPS.put("deactivated", (world) -> world.user.deactivate());
		STEPS.put("reactivated", (world) -> world.user.reactivate());
		STEPS.put("locked", (world) -> world.user.lock());
		STEPS.put("unlocked", (world) -> world.user.reactivate());
		STEPS.put("removed", (world) -> world.user.remove());
		STEPS.put("no membership", (world) -> world.user.removeMemberships());
		STEPS.put("no permission", (world) -> world.user.denyApiPermission());
		STEPS.put("JWT access tokens", (world) -> world.user.useJwtAccessTokens(true));
		STEPS.put("organization removed", (world) -> world.zitadel.organizationRemoved(true));
		STEPS.put("blocked", (world) -> world.zitadel.instanceBlocked(true));
		STEPS.put("unblocked", (world) -> world.zitadel.instanceBlocked(false));
		STEPS.put("no database", (world) -> world.zitadel.databaseDown(true));
		STEPS.put("database back", (world) -> world.zitadel.databaseDown(false));
		STEPS.put("an hour passes", (world) -> world.pass(Duration.ofHours(1)));
		STEPS.put("key expired", (world) -> world.user.key().expire());
		STEPS.put("key deleted", (world) -> world.user.key().delete());
		STEPS.put("signing with the key of another user",
				(world) -> world.signer.signWith(world.other.key().privateKey()));
		STEPS.put("signing with an EC key", (world) -> world.signer.signWith(Signer.ellipticCurve().getPrivate()));
		STEPS.put("signing with an own key", (world) -> signWithOwn(world, new RsaKeyPairs().next(2048)));
		STEPS.put("signing with an own EC key", (world) -> signWithOwn(world, Signer.ellipticCurve()));
		STEPS.put("secret", Steps::secret);
		STEPS.put("secret replaced", Steps::secret);
		STEPS.put("secret deleted", (world) -> world.user.deleteSecret());
		STEPS.put("12 wrong secrets", Steps::wrongSecrets);
		STEPS.put("token by secret", (world) -> token(world, Map.of("ask", "client credentials")));
		STEPS.put("token", (world) -> token(world, Map.of("ask", "token")));
		STEPS.put("token of http://localhost", (world) -> token(world, Map.of("ask", "token", "headers",
				Map.of("Host", "localhost"), "claims", Map.of("aud", "http://localhost"))));
		STEPS.put("personal access token", (world) -> personalAccessToken(world, Duration.ofDays(1)));
		STEPS.put("personal access token for a minute", (world) -> personalAccessToken(world, Duration.ofMinutes(1)));
		STEPS.put("personal access token deleted", (world) -> world.zitadel.revoke(world.resolve("<token>")));
		STEPS.put("project with role", Steps::project);
		STEPS.put("signing with the key of the application",
				(world) -> world.signer.signAs(world.application.clientId(), world.application.key().keyId(),
						world.application.key().keyPair().getPrivate()));
		STEPS.put("client assertion of the service user", (world) -> clientAssertion(world, 0));
		STEPS.put("client assertion of the application", (world) -> {
			take("signing with the key of the application", world);
			clientAssertion(world, 0);
		});
		STEPS.put("client assertion of the application, a minute ahead", (world) -> {
			take("signing with the key of the application", world);
			clientAssertion(world, 60);
		});
		STEPS.put("revoked as the application", (world) -> revoke(world, "<application>"));
		STEPS.put("revoked as the web application", (world) -> revoke(world, "<web application>"));
		STEPS_WITH_VALUE.put(Pattern.compile("token: (.*)"),
				(world, scope) -> token(world, Map.of("ask", "token", "scope", scope)));
		STEPS_WITH_VALUE.put(Pattern.compile("([0-9]+) s pass"),
				(world, seconds) -> world.pass(Duration.ofSeconds(Long.parseLong(seconds))));
		STEPS_WITH_VALUE.put(Pattern.compile("([0-9]+) s lifetime"),
				(world, seconds) -> world.zitadel.tokenLifetime(Duration.ofSeconds(Long.parseLong(seconds))));
	}

	private Steps() {
	}

	static void take(String step, World world) {
		for (Map.Entry<Pattern, BiConsumer<World, String>> candidate : STEPS_WITH_VALUE.entrySet()) {
			Matcher matcher = candidate.getKey().matcher(step);
			if (matcher.matches()) {
				candidate.getValue().accept(world, matcher.group(1));
				return;
			}
		}
		Objects.requireNonNull(STEPS.get(step), step).accept(world);
	}

	private static void token(World world, Map<String, Object> row) {
		world.values.put("token", Objects.requireNonNull(world.ask(row).json().get("access_token")).toString());
	}

	private static void personalAccessToken(World world, Duration lifetime) {
		world.values.put("token", world.user.createPersonalAccessToken(world.clock.instant().plus(lifetime)).value());
	}

	private static void signWithOwn(World world, KeyPair pair) {
		world.signer.signAs(world.user.id(), world.user.registerPublicKey(pair.getPublic()), pair.getPrivate());
	}

	private static void secret(World world) {
		world.values.put("old secret", world.values.getOrDefault("secret", ""));
		world.values.put("secret", world.user.createSecret().value());
	}

	private static void wrongSecrets(World world) {
		for (int i = 0; i < 12; i++) {
			world.ask(Map.of("ask", "client credentials", "basic", "<name>:wrong"));
		}
	}

	private static void project(World world) {
		FakeProject project = world.zitadel.createProject("reader", "writer");
		world.user.grantRoles(project, "reader");
		world.values.put("project", project.id());
		world.application = project.createApiApplication();
		FakeApplication web = project.createWebApplication();
		world.values.put("client id", world.application.clientId());
		world.values.put("application", world.application.clientId() + ":" + world.application.clientSecret());
		world.values.put("web application", web.clientId() + ":" + web.clientSecret());
	}

	private static void clientAssertion(World world, long ahead) {
		world.values.put("client assertion",
				world.signer.assertion(world.zitadel.issuer(), world.clock.instant().plusSeconds(ahead)).compact());
	}

	private static void revoke(World world, String client) {
		world.ask(Map.of("ask", "POST /oauth/v2/revoke", "basic", client, "send", "token=<token>"));
	}

}
