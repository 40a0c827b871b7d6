// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.observability;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserAutoConfiguration;
import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserConnectionDetails;
import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserProperties;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * {@link EnableAutoConfiguration Auto-configuration} that keeps the key out of what
 * Boot's actuator shows.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ZitadelServiceUserAutoConfiguration.class)
@ConditionalOnClass(SanitizingFunction.class)
public final class ZitadelServiceUserActuatorAutoConfiguration {

	// Also where the service user is switched off, and there are no properties as a bean:
	// its key may be configured all the same.
	@Bean
	ServiceUserKeySanitizingFunction zitadelServiceUserKeySanitizingFunction(Environment environment,
			ObjectProvider<ZitadelServiceUserConnectionDetails> connectionDetails) {
		return new ServiceUserKeySanitizingFunction(() -> locations(environment, connectionDetails));
	}

	private static Set<String> locations(Environment environment,
			ObjectProvider<ZitadelServiceUserConnectionDetails> connectionDetails) {
		Set<String> locations = new HashSet<>();
		for (String name : List.of("key-location", "private-key-location")) {
			Binder.get(environment)
				.bind(ZitadelServiceUserProperties.PREFIX + "." + name, String.class)
				.ifBound(locations::add);
		}
		connectionDetails.stream()
			.forEach((details) -> locations.add(details.getKeyLocation()));
		locations.removeIf((location) -> !StringUtils.hasText(location));
		return locations;
	}

}
