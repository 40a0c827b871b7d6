// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import io.github.zitadelserviceuser.integration.httpclients.FaultyZitadel.Connection;

/**
 * A proxy that records what it is asked, and answers in place of a ZITADEL that nobody
 * reaches in another way: requests in absolute form and through a tunnel, with TLS at
 * port 443.
 */
final class RecordingProxy implements AutoCloseable {

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final FaultyZitadel proxy = new FaultyZitadel(this::isAnswer);

	private final SSLContext tls;

	private volatile boolean refusing;

	RecordingProxy(Certificate certificate) throws Exception {
		this.tls = certificate.serverTrusting();
	}

	int port() {
		return this.proxy.port();
	}

	/**
	 * Want credentials from now on, of whoever is connected too.
	 */
	void refuse() {
		this.refusing = true;
		this.proxy.cut();
	}

	/**
	 * Such as {@code CONNECT host:443}, and {@code GET https://host/path} for what came
	 * through a tunnel.
	 */
	List<String> requests() {
		List<String> all = List.copyOf(this.requests);
		this.requests.clear();
		return all;
	}

	private boolean isAnswer(String opened, Connection connection) throws IOException {
		while (true) {
			String line = line(connection.read());
			this.requests.add(line);
			if (this.refusing) {
				connection.write("HTTP/1.1 407 Proxy Authentication Required\r\n"
						+ "Proxy-Authenticate: Basic realm=\"proxy\"\r\nContent-Length: 0\r\n\r\n");
			}
			else if (line.startsWith("CONNECT ")) {
				connection.write("HTTP/1.1 200 Connection established\r\n\r\n");
				tunnel(line.substring("CONNECT ".length()), connection);
			}
			else {
				answer(line, connection);
			}
		}
	}

	private void tunnel(String target, Connection connection) throws IOException {
		boolean secure = target.endsWith(":443");
		Connection far = secure ? new Connection(tls(connection.socket()), connection.number()) : connection;
		String origin = (secure ? "https://" : "http://") + target.substring(0, target.lastIndexOf(':'));
		while (true) {
			String line = line(far.read()).replaceFirst(" /", " " + origin + "/");
			this.requests.add(line);
			answer(line, far);
		}
	}

	private static String line(String request) {
		return request.substring(0, request.indexOf(" HTTP/"));
	}

	private Socket tls(Socket socket) throws IOException {
		SSLSocket far = (SSLSocket) this.tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
		far.setUseClientMode(false);
		return far;
	}

	private static void answer(String line, Connection connection) throws IOException {
		URI uri = URI.create(line.substring(line.indexOf(' ') + 1));
		String issuer = uri.getScheme() + "://" + uri.getHost();
		connection
			.json(line.startsWith("POST ") ? "{\"access_token\":\"abc\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
					: "{\"issuer\":\"" + issuer + "\",\"token_endpoint\":\"" + issuer + "/oauth/v2/token\"}");
	}

	@Override
	public void close() {
		this.proxy.close();
	}

}
