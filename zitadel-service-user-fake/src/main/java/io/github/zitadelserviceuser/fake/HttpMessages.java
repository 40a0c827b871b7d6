// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 messages as bytes (RFC 9112), as much of it as clients use.
 */
final class HttpMessages {

	/** How much of a body is read: the limit that ZITADEL has for a form. */
	static final int BODY_LIMIT = 10 * 1024 * 1024;

	private static final int HEAD_LIMIT = 64 * 1024;

	private static final DateTimeFormatter DATE = DateTimeFormatter
		.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
		.withZone(ZoneOffset.UTC);

	private HttpMessages() {
	}

	/**
	 * Reads a request.
	 * @param in where from
	 * @param out where to tell a client that asks first to go on
	 * @return the request, or {@code null} at the end of the stream
	 * @throws IOException if the connection fails or no request of HTTP/1.x is there
	 */
	static @Nullable HttpCall read(InputStream in, OutputStream out) throws IOException {
		String requestLine = readLine(in);
		if (requestLine == null) {
			return null;
		}
		String[] parts = requestLine.split(" ", -1);
		if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
			throw new IOException("Not a request of HTTP/1.x");
		}
		Map<String, List<String>> headers = readHeaders(in);
		if (headers.containsKey("expect")) {
			out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			out.flush();
		}
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		boolean complete = readBody(in, headers, body);
		int mark = parts[1].indexOf('?');
		String path = (mark < 0) ? parts[1] : parts[1].substring(0, mark);
		String query = (mark < 0) ? "" : parts[1].substring(mark + 1);
		return new HttpCall(parts[0], path, query, headers, body.toString(StandardCharsets.UTF_8), !complete);
	}

	private static Map<String, List<String>> readHeaders(InputStream in) throws IOException {
		Map<String, List<String>> headers = new LinkedHashMap<>();
		int size = 0;
		for (String line = readLine(in); line != null && !line.isEmpty(); line = readLine(in)) {
			size += line.length();
			int colon = line.indexOf(':');
			if (colon < 1 || size > HEAD_LIMIT) {
				throw new IOException("Malformed or too many headers");
			}
			headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), (name) -> new ArrayList<>())
				.add(line.substring(colon + 1).trim());
		}
		return headers;
	}

	private static boolean readBody(InputStream in, Map<String, List<String>> headers, OutputStream body)
			throws IOException {
		if (headers.containsKey("transfer-encoding")) {
			int total = 0;
			for (int size = readChunkSize(in); size > 0; size = readChunkSize(in)) {
				total += size;
				if (total > BODY_LIMIT) {
					return false;
				}
				body.write(readExactly(in, size));
				readLine(in);
			}
			readHeaders(in);
			return true;
		}
		long length = number(headers.getOrDefault("content-length", List.of("0")).get(0), 10);
		if (length > BODY_LIMIT) {
			return false;
		}
		body.write(readExactly(in, (int) length));
		return true;
	}

	private static int readChunkSize(InputStream in) throws IOException {
		String line = readLine(in);
		if (line == null) {
			throw new IOException("Body ends early");
		}
		return (int) Math.min(number(line.split(";", -1)[0].trim(), 16), Integer.MAX_VALUE / 2);
	}

	private static long number(String text, int radix) throws IOException {
		try {
			return Long.parseUnsignedLong(text, radix) & Long.MAX_VALUE;
		}
		catch (NumberFormatException ex) {
			throw new IOException("Malformed length", ex);
		}
	}

	private static byte[] readExactly(InputStream in, int length) throws IOException {
		byte[] bytes = in.readNBytes(length);
		if (bytes.length < length) {
			throw new IOException("Body ends early");
		}
		return bytes;
	}

	private static @Nullable String readLine(InputStream in) throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int next = in.read(); next != '\n'; next = in.read()) {
			if (next < 0) {
				return null;
			}
			if (line.size() == HEAD_LIMIT) {
				throw new IOException("Line is too long");
			}
			line.write(next);
		}
		return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
	}

	static String date(Instant date) {
		return DATE.format(date);
	}

	static void write(OutputStream out, FakeAnswer answer, Instant date, boolean withBody, boolean last)
			throws IOException {
		StringBuilder head = new StringBuilder("HTTP/1.1 ").append(answer.status()).append(" \r\n");
		if (answer.headers().keySet().stream().noneMatch("Date"::equalsIgnoreCase)) {
			head.append("Date: ").append(date(date)).append("\r\n");
		}
		answer.headers().forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
		head.append("Content-Length: ").append(answer.body().length).append("\r\n");
		head.append(last ? "Connection: close\r\n\r\n" : "\r\n");
		ByteArrayOutputStream message = new ByteArrayOutputStream();
		message.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
		if (withBody) {
			message.writeBytes(answer.body());
		}
		out.write(message.toByteArray());
		out.flush();
	}

}
