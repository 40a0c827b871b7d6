// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The headers that come with every answer of the server itself. What an answer already
 * has it keeps.
 */
final class ServerHeaders {

	private static final String NOT_EXHAUSTED = "zitadel.quota.exhausted=; Path=/; Max-Age=0; SameSite=Lax";

	private ServerHeaders() {
	}

	static FakeAnswer add(FakeAnswer answer, Surface surface, String issuer, Instant now) {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("X-Robots-Tag", "none");
		headers.put("Vary", (surface == Surface.OIDC) ? "Cookie" : "Origin");
		switch (surface) {
			case OIDC -> {
				uncached(headers, now.minus(Duration.ofHours(1)));
				headers.put("Set-Cookie", (answer.status() < 400) ? userAgent(issuer) : NOT_EXHAUSTED);
			}
			case GATEWAY -> {
				uncached(headers, now);
				headers.put("Grpcgateway-Cache-Control", "no-store");
				headers.put("Grpcgateway-Pragma", "no-cache");
				headers.put("Grpcgateway-Content-Type", "application/grpc");
			}
			case GATEWAY_V2 -> {
				headers.put("Grpcgateway-Date", HttpMessages.date(now));
				headers.put("Grpcgateway-Content-Type", "application/grpc");
			}
			case CONNECT -> headers.put("Accept-Encoding", "gzip");
		}
		headers.keySet().removeAll(answer.headers().keySet());
		FakeAnswer complete = answer;
		for (Map.Entry<String, String> header : headers.entrySet()) {
			complete = complete.withHeader(header.getKey(), header.getValue());
		}
		return complete;
	}

	private static void uncached(Map<String, String> headers, Instant expires) {
		headers.put("Cache-Control", "no-store");
		headers.put("Pragma", "no-cache");
		headers.put("Expires", HttpMessages.date(expires));
	}

	private static String userAgent(String issuer) {
		String host = issuer.substring(issuer.indexOf("://") + 3).split(":", 2)[0];
		return "zitadel.useragent=" + RandomText.base64url(64) + "; Path=/; Domain=" + host
				+ "; Max-Age=31536000; HttpOnly; SameSite=Lax";
	}

}
