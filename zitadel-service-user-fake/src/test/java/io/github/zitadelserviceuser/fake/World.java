// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fake in the state in which a row of the record says that the server was, and a client
 * that asks it as that row says. What stands in angle brackets in a row is a value of
 * this world.
 */
final class World implements AutoCloseable {

	static final String FULL_SCOPE = "openid profile email urn:zitadel:iam:org:project:id:zitadel:aud";

	private static final Pattern VALUE = Pattern.compile("<([a-z ]+)([+-][0-9.]+)?>");

	private static final Map<String, String> PATTERNS = Map.of("id", "\\d{18}", "token", "[\\w-]{104}", "jwt",
			"[\\w-]+\\.[\\w-]+\\.[\\w-]+", "digits", "\\d+", "seconds", "\\d{10}", "time", "[0-9T:.-]+Z", "rest",
			"(?s:.*)", "hash", "[\\w-]{22}", "cookie", "[\\w-]+", "date", "\\w{3}, \\d\\d \\w{3} \\d{4} [\\d:]{8} GMT");

	final MutableClock clock = new MutableClock();

	final FakeZitadel zitadel;

	final FakeServiceUser user;

	final FakeServiceUser other;

	final Signer signer;

	FakeApplication application;

	final Map<String, String> values = new LinkedHashMap<>();

	World(String fractionOfSecond) {
		this.clock.set(Instant.parse("2026-11-26T12:33:28" + fractionOfSecond + "Z"));
		this.zitadel = FakeZitadel.builder().clock(this.clock).start();
		this.user = this.zitadel.serviceUser();
		this.other = this.zitadel.createServiceUser("other");
		this.signer = new Signer(this.user.key());
		this.values.put("port", Integer.toString(this.zitadel.port()));
		this.values.put("issuer", this.zitadel.issuer());
		this.values.put("user", this.user.id());
		this.values.put("name", this.user.userName());
		this.values.put("other", this.other.id());
		this.values.put("organization", this.zitadel.organizationId());
		this.values.put("time", this.clock.instant().toString());
	}

	/**
	 * Bring the state about and ask.
	 * @param row the fields of a row
	 * @return the answer
	 */
	RawAnswer answerTo(Map<String, Object> row) {
		for (Object step : (List<?>) row.getOrDefault("given", List.of())) {
			Steps.take(step.toString(), this);
		}
		RawAnswer answer = ask(row);
		return row.containsKey("twice") ? ask(row) : answer;
	}

	RawAnswer ask(Map<String, Object> row) {
		String ask = row.get("ask").toString();
		this.values.put("form", form(row));
		boolean token = ask.equals("token") || ask.equals("client credentials");
		String body = token ? this.values.get("form") : resolve(row.getOrDefault("send", "").toString());
		StringBuilder request = new StringBuilder(token ? "POST /oauth/v2/token" : resolve(ask))
			.append(" HTTP/1.1\r\n");
		headers(row, token, body)
			.forEach((name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
		request.append("Connection: close\r\n\r\n").append(body);
		try {
			return RawAnswer.parse(RawHttp.exchange(this.zitadel.port(), request.toString()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Map<String, String> headers(Map<String, Object> row, boolean token, String body) {
		Map<String, Object> headers = new LinkedHashMap<>();
		headers.put("Host", "localhost:<port>");
		if (!body.isEmpty()) {
			headers.put("Content-Length", body.length());
			headers.put("Content-Type", "application/x-www-form-urlencoded");
		}
		Object basic = "client credentials".equals(row.get("ask")) ? row.getOrDefault("basic", "<name>:<secret>")
				: row.get("basic");
		if (basic != null) {
			byte[] credentials = resolve(basic.toString()).getBytes(StandardCharsets.UTF_8);
			headers.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
		}
		else if (!token && !row.containsKey("basic") && this.values.containsKey("token")) {
			headers.put("Authorization", "Bearer <token>");
		}
		if (row.get("headers") instanceof Map<?, ?> others) {
			others.forEach((name, value) -> headers.put(name.toString(), value));
		}
		Map<String, String> resolved = new LinkedHashMap<>();
		headers.forEach((name, value) -> {
			if (value != null) {
				resolved.put(name, resolve(value.toString()));
			}
		});
		return resolved;
	}

	private String form(Map<String, Object> row) {
		Map<String, Object> form = new LinkedHashMap<>();
		if ("client credentials".equals(row.get("ask"))) {
			form.put("grant_type", TokenHandler.CLIENT_CREDENTIALS);
		}
		else {
			form.put("grant_type", TokenHandler.JWT_BEARER);
			this.values.put("assertion", this.signer.assertion(row, this));
			form.put("assertion", row.getOrDefault("assertion", "<assertion>"));
		}
		form.put("scope", row.getOrDefault("scope", FULL_SCOPE));
		if (row.get("form") instanceof Map<?, ?> others) {
			others.forEach((name, value) -> form.put(name.toString(), value));
		}
		List<String> parameters = new ArrayList<>();
		form.forEach((name, value) -> {
			for (Object one : (value instanceof List<?> list) ? list : Arrays.asList(value)) {
				if (one != null) {
					parameters.add(name + "=" + URLEncoder.encode(resolve(one.toString()), StandardCharsets.UTF_8));
				}
			}
		});
		return String.join("&", parameters);
	}

	String resolve(String text) {
		return VALUE.matcher(text).replaceAll((match) -> Matcher.quoteReplacement(value(match.group(1))));
	}

	/**
	 * Return the value of a claim.
	 * @param value as it stands in the row
	 * @return a number of seconds if it stands for a time
	 */
	Object claim(Object value) {
		if (value instanceof List<?> list) {
			return list.stream().map(this::claim).toList();
		}
		Matcher matcher = VALUE.matcher(value.toString());
		if (!matcher.matches() || !matcher.group(1).equals("now")) {
			return (value instanceof String text) ? resolve(text) : value;
		}
		String offset = Objects.requireNonNullElse(matcher.group(2), "0");
		long now = this.clock.instant().getEpochSecond();
		return offset.contains(".") ? (Object) (now + Double.parseDouble(offset))
				: (Object) (now + Long.parseLong(offset));
	}

	private String value(String name) {
		String assertion = Objects.requireNonNullElse(this.values.get("assertion"), "");
		return switch (name) {
			case "assertion cut" -> assertion.substring(0, assertion.length() - 10);
			case "assertion in two parts" -> assertion.substring(0, assertion.lastIndexOf('.'));
			case "assertion tampered with" -> Signer.withOtherPayload(assertion);
			default -> Objects.requireNonNull(this.values.get(name), name);
		};
	}

	/**
	 * Return what a text of the record stands for.
	 * @param text the text, with names of patterns in angle brackets
	 * @return the pattern
	 */
	Pattern pattern(String text) {
		StringBuilder pattern = new StringBuilder();
		int end = 0;
		Matcher matcher = VALUE.matcher(text);
		while (matcher.find()) {
			String name = matcher.group(1);
			pattern.append(Pattern.quote(text.substring(end, matcher.start())));
			pattern.append(PATTERNS.getOrDefault(name, Pattern.quote(this.values.getOrDefault(name, ""))));
			end = matcher.end();
		}
		return Pattern.compile(pattern.append(Pattern.quote(text.substring(end))).toString());
	}

	void pass(Duration duration) {
		this.clock.advance(duration);
	}

	@Override
	public void close() {
		this.zitadel.close();
	}

}
