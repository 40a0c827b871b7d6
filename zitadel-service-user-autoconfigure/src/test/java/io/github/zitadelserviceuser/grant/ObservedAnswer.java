// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

import org.springframework.http.HttpHeaders;

/**
 * An answer of a running ZITADEL, from the record that the fake is tested with, too. What
 * changes from run to run has been filled in.
 *
 * @param observed section and name of the row
 * @param ask what was asked
 * @param status the status, 0 if the connection was closed without an answer
 * @param headers the headers of note
 * @param body the body
 */
record ObservedAnswer(String observed, String ask, int status, Map<String, String> headers, String body) {

	static final String TOKEN = "t".repeat(104);

	static final String USER_ID = "401310702012795942";

	private static final Map<String, String> VALUES = Map.of("<token>", TOKEN, "<user>", USER_ID, "<name>", "importer",
			"<jwt>", "e30.e30.eA", "<id>", "401310702012271654", "<seconds>", "1795696408", "<digits>", "55432",
			"<time>", "2026-11-26T12:33:28.044737Z");

	/**
	 * Return all answers whose body was recorded, errors also where it was cut.
	 * @return the answers to what the fake is asked
	 */
	static Stream<ObservedAnswer> all() {
		return sections().stream()
			.flatMap((section) -> rows(section).filter(ObservedAnswer::hasBody)
				.map((row) -> of(section.get("section") + ": " + row.get("observed"), row)))
			.filter((answer) -> answer.status != 200 || !(answer.body.isEmpty() || answer.body.contains("<rest>")));
	}

	private static boolean hasBody(Map<String, Object> row) {
		return row.get("answer") instanceof Map<?, ?> answer
				&& (answer.containsKey("body") || answer.containsKey("aborted"));
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> sections() {
		LoaderOptions options = new LoaderOptions();
		options.setMaxAliasesForCollections(Integer.MAX_VALUE);
		URI record = uri("/record");
		try (Stream<Path> files = Files.list(Path.of(record))) {
			List<Map<String, Object>> sections = new ArrayList<>();
			for (Path file : files.filter((path) -> path.toString().endsWith(".yaml")).sorted().toList()) {
				try (InputStream in = Files.newInputStream(file)) {
					sections.addAll((List<Map<String, Object>>) new Yaml(options).load(in));
				}
			}
			return sections;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static URI uri(String resource) {
		try {
			return Objects.requireNonNull(ObservedAnswer.class.getResource(resource)).toURI();
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@SuppressWarnings("unchecked")
	private static Stream<Map<String, Object>> rows(Map<String, Object> section) {
		return ((List<Map<String, Object>>) section.get("rows")).stream();
	}

	private static ObservedAnswer of(String observed, Map<String, Object> row) {
		Map<?, ?> answer = (Map<?, ?>) row.get("answer");
		Map<String, String> headers = new LinkedHashMap<>();
		if (answer.get("type") instanceof String type) {
			headers.put("Content-Type", type);
		}
		if (answer.get("headers") instanceof Map<?, ?> recorded) {
			recorded.forEach((name, value) -> headers.put(name.toString(), value.toString()));
		}
		return new ObservedAnswer(observed, row.get("ask").toString(),
				(answer.get("status") instanceof Integer number) ? number : 0, headers,
				filled(Objects.toString(answer.get("body"), "")));
	}

	private static String filled(String pattern) {
		String text = pattern;
		for (Map.Entry<String, String> value : VALUES.entrySet()) {
			text = text.replace(value.getKey(), value.getValue());
		}
		return text;
	}

	boolean isTo(String path) {
		return this.ask.contains(path);
	}

	/**
	 * Return the answer as it went over the wire.
	 * @param port the port of the server
	 * @return the bytes, none if there was no answer
	 */
	byte[] bytes(int port) {
		if (this.status == 0) {
			return new byte[0];
		}
		String content = this.body.replace("<port>", Integer.toString(port));
		StringBuilder message = new StringBuilder("HTTP/1.1 ").append(this.status).append(" \r\n");
		this.headers.forEach((name, value) -> message.append(name).append(": ").append(value).append("\r\n"));
		message.append("Connection: close\r\nContent-Length: ").append(content.length()).append("\r\n\r\n");
		return message.append(content).toString().getBytes(StandardCharsets.US_ASCII);
	}

	ServerAnswer read() {
		HttpHeaders httpHeaders = new HttpHeaders();
		this.headers.forEach(httpHeaders::set);
		return new ServerAnswer(URI.create("https://zitadel.example/oauth/v2/token"), this.status, httpHeaders,
				this.body);
	}

	@Override
	public String toString() {
		return this.observed;
	}

}
