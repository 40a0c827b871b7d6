// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.lang.reflect.Field;
import java.net.http.HttpClient;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.http.client.AbstractClientHttpRequestFactoryWrapper;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.util.ReflectionUtils;

/**
 * Tells of a client of the JDK's which sends no token: before JDK 24 one with an
 * {@link java.net.Authenticator}, as for a proxy, drops the {@code Authorization} header
 * of a request, whoever set it (JDK-8326949). The answer does not tell why.
 *
 * @since 0.1.0
 */
public final class JdkAuthenticator {

	private static final Log logger = LogFactory.getLog(JdkAuthenticator.class);

	private static final Set<HttpClient> told = Collections
		.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

	private JdkAuthenticator() {
	}

	/**
	 * Warn, once for each client, if a connector sends no token. Request factories that
	 * are authorized by a {@link ServiceUserClientHttpRequestFactory} are judged there.
	 * @param connector makes the requests of a service user
	 */
	public static void warnOf(ClientHttpConnector connector) {
		warnOf(connector, "reactive.connector");
	}

	static void warnOf(Object made, String property) {
		int jdk = Runtime.version().feature();
		HttpClient client = dropping(made, jdk);
		if (client != null && told.add(client)) {
			logger.warn(warning(property, jdk));
		}
	}

	static @Nullable HttpClient dropping(Object made, int jdk) {
		Object sending = made;
		while (sending instanceof AbstractClientHttpRequestFactoryWrapper wrapper) {
			sending = wrapper.getDelegate();
		}
		// Spring shows no other way to the client.
		Field field = (jdk < 24) ? ReflectionUtils.findField(sending.getClass(), "httpClient", HttpClient.class) : null;
		if (field == null) {
			return null;
		}
		ReflectionUtils.makeAccessible(field);
		return (ReflectionUtils.getField(field, sending) instanceof HttpClient client
				&& client.authenticator().isPresent()) ? client : null;
	}

	static String warning(String property, int jdk) {
		return "The JDK's HTTP client has an Authenticator, and such a client of JDK " + jdk
				+ " drops the Authorization header of a request: calls as a service user arrive without a token. Use "
				+ "JDK 24 or later, or another client library: spring.http.clients." + property
				+ " selects one where Spring Boot makes the client";
	}

}
