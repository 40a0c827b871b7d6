// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.lang.reflect.Field;
import java.net.http.HttpClient;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ReflectionUtils;

/**
 * Tells of a client of the JDK's which sends no token: before JDK 24 one with an
 * {@link java.net.Authenticator}, as for a proxy, drops the {@code Authorization} header
 * of a request, whoever set it (JDK-8326949). The answer does not tell why.
 */
final class JdkAuthenticator {

	private static final Log logger = LogFactory.getLog(JdkAuthenticator.class);

	private JdkAuthenticator() {
	}

	/**
	 * Warn of a client that was made, if it sends no token.
	 * @param <T> the type of what was made
	 * @param made the request factory or connector
	 * @param property the property that selects another library, without what all such
	 * begin with
	 * @return the same
	 */
	static <T> T toldOf(T made, String property) {
		String warning = warning(made, property, Runtime.version().feature());
		if (warning != null) {
			logger.warn(warning);
		}
		return made;
	}

	static @Nullable String warning(Object made, String property, int jdk) {
		// Spring shows no other way to the client.
		Field field = (jdk < 24) ? ReflectionUtils.findField(made.getClass(), "httpClient", HttpClient.class) : null;
		if (field == null) {
			return null;
		}
		ReflectionUtils.makeAccessible(field);
		return (ReflectionUtils.getField(field, made) instanceof HttpClient client
				&& client.authenticator().isPresent())
						? "The JDK's HTTP client has an Authenticator, and such a client of JDK " + jdk
								+ " drops the Authorization header of a request: calls as a service user arrive "
								+ "without a token. Use JDK 24 or later, or another client library by "
								+ "spring.http.clients." + property
						: null;
	}

}
