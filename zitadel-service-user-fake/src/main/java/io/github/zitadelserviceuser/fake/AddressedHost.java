// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hosts that a request names, read as ZITADEL reads them: from whoever sends the
 * headers, proxy or not. The first header of a list that has a usable value counts. A
 * {@code Forwarded} (RFC 7239) that is not well-formed, such as a port without quotes,
 * counts as absent.
 *
 * @param instanceHost by which host the instance is looked for, port included
 * @param publicHost by which host the instance says that it is known, empty if it is the
 * same
 * @param scheme http or https
 */
record AddressedHost(String instanceHost, String publicHost, String scheme) {

	private static final String INSTANCE_HOST = "x-zitadel-instance-host";

	private static final String PUBLIC_HOST = "x-zitadel-public-host";

	private static final List<String> FORWARDED = List.of("forwarded", "x-zitadel-forwarded");

	private static final Pattern PAIR = Pattern
		.compile("\\s*([\\w-]+)=(?:([\\w!#$%&'*+.^`|~-]+)|\"([^\"\\\\]*)\")\\s*(?:[;,]|$)");

	private static final Pattern HOST = Pattern.compile("[^:]+(:[0-9]{1,5})?");

	static AddressedHost of(HttpCall call, boolean externallySecure) {
		String host = first(header(call, INSTANCE_HOST), forwarded(call, "host"), header(call, "x-forwarded-host"),
				Objects.requireNonNullElse(call.header("host"), ""));
		String scheme = first(forwarded(call, "proto"), header(call, "x-forwarded-proto"));
		boolean https = externallySecure || scheme.equals("https");
		return new AddressedHost(host, header(call, PUBLIC_HOST), https ? "https" : "http");
	}

	private static String first(String... values) {
		for (String value : values) {
			if (!value.isEmpty()) {
				return value;
			}
		}
		return "";
	}

	private static String header(HttpCall call, String name) {
		String value = Objects.requireNonNullElse(call.header(name), "");
		return HOST.matcher(value).matches() ? value : "";
	}

	private static String forwarded(HttpCall call, String parameter) {
		for (String name : FORWARDED) {
			String value = parameter(Objects.requireNonNullElse(call.header(name), ""), parameter);
			if (!value.isEmpty()) {
				return value;
			}
		}
		return "";
	}

	private static String parameter(String header, String name) {
		String found = "";
		Matcher matcher = PAIR.matcher(header);
		int end = 0;
		while (end < header.length()) {
			if (!matcher.find() || matcher.start() != end) {
				return "";
			}
			end = matcher.end();
			if (found.isEmpty() && matcher.group(1).equalsIgnoreCase(name)) {
				found = Objects.requireNonNullElse(matcher.group(2), matcher.group(3));
			}
		}
		return found;
	}

	String issuer() {
		return this.scheme + "://" + (this.publicHost.isEmpty() ? this.instanceHost : this.publicHost);
	}

	String instanceName() {
		return withoutPort(this.instanceHost);
	}

	String publicName() {
		return withoutPort(this.publicHost);
	}

	private static String withoutPort(String host) {
		return host.split(":", 2)[0];
	}

}
