// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.observability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Asks the health endpoint, as a probe of Kubernetes does.
 */
final class HealthProbe {

	private HealthProbe() {
	}

	static HttpResponse<String> get(ConfigurableApplicationContext context, String name) {
		String port = context.getEnvironment().getRequiredProperty("local.server.port");
		URI uri = URI.create("http://localhost:" + port + "/actuator/health/" + name);
		try {
			return HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
