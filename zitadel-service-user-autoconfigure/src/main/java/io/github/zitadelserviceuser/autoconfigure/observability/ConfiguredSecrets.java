// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.observability;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.zitadelserviceuser.autoconfigure.ServiceUserNames;
import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserConnectionDetails;
import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserProperties;
import io.github.zitadelserviceuser.key.SafeLocation;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * The values of the credentials and headers that are in use, of all users, but for
 * locations that are plain paths. An endpoint asks for them once per property that it
 * shows, and connection details may have to fetch a file for the answer: they are asked
 * once a second at most. Who cannot answer does not fail the endpoint; what the others
 * say is hidden all the same, and what stands under the names of our properties is hidden
 * without being asked for here.
 */
final class ConfiguredSecrets {

	private static final Log logger = LogFactory.getLog(ConfiguredSecrets.class);

	private static final long LIFETIME = TimeUnit.SECONDS.toNanos(1);

	/** A shorter one is the value of many a property by chance: true, or prod. */
	private static final int SHORTEST_HEADER = 8;

	private final Environment environment;

	private final ObjectProvider<ZitadelServiceUserConnectionDetails> connectionDetails;

	private final LongSupplier nanoTime;

	private @Nullable Set<String> known;

	private long knownSince;

	ConfiguredSecrets(Environment environment, ObjectProvider<ZitadelServiceUserConnectionDetails> connectionDetails,
			LongSupplier nanoTime) {
		this.environment = environment;
		this.connectionDetails = connectionDetails;
		this.nanoTime = nanoTime;
	}

	synchronized Set<String> get() {
		Set<String> known = this.known;
		if (known == null || this.nanoTime.getAsLong() - this.knownSince >= LIFETIME) {
			known = find();
			this.known = known;
			// Afterwards: to ask may take longer than the answer is kept.
			this.knownSince = this.nanoTime.getAsLong();
		}
		return known;
	}

	private Set<String> find() {
		Set<String> secrets = new HashSet<>();
		addProperties(secrets, ZitadelServiceUserProperties.PREFIX);
		ServiceUserNames.in(this.environment)
			.forEach((user) -> addProperties(secrets, ServiceUserClient.propertyPrefix(user)));
		add(secrets,
				() -> this.connectionDetails.stream()
					.map(ZitadelServiceUserConnectionDetails::getKeyLocation)
					.filter((location) -> location != null && isSecret(location)));
		add(secrets, () -> this.connectionDetails.stream().flatMap((connection) -> headers(connection.getHeaders())));
		return secrets;
	}

	private void addProperties(Set<String> secrets, String prefix) {
		add(secrets, () -> ZitadelServiceUserProperties.CREDENTIALS.stream()
			.map((name) -> name.endsWith("-location") ? location(prefix, name) : property(prefix, name)));
		add(secrets,
				() -> headers(Binder.get(this.environment)
					.bind(prefix + ".headers", Bindable.mapOf(String.class, String.class))
					.orElse(Map.of())));
	}

	private static Stream<String> headers(Map<String, String> headers) {
		return headers.values().stream().filter((value) -> value.length() >= SHORTEST_HEADER);
	}

	private String location(String prefix, String name) {
		String location = property(prefix, name);
		return isSecret(location) ? location : "";
	}

	private String property(String prefix, String name) {
		return Binder.get(this.environment).bind(prefix + "." + name, String.class).orElse("");
	}

	private static boolean isSecret(String location) {
		return !SafeLocation.isShowable(location);
	}

	private static void add(Set<String> secrets, Supplier<Stream<String>> more) {
		try {
			more.get().filter(StringUtils::hasText).forEach(secrets::add);
		}
		catch (RuntimeException ex) {
			// The name of the class alone: a message may well have the value in it.
			logger.debug("The credentials in use cannot be told: " + ex.getClass().getName());
		}
	}

}
