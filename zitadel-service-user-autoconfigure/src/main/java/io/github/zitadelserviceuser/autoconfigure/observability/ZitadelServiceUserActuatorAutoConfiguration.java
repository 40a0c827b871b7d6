// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.observability;

import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserAutoConfiguration;
import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserConnectionDetails;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} that keeps secrets out of what
 * Boot's actuator shows.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ZitadelServiceUserAutoConfiguration.class)
@ConditionalOnClass(SanitizingFunction.class)
public final class ZitadelServiceUserActuatorAutoConfiguration {

	// Also where the service user is switched off, and there are no properties as a bean:
	// its credential may be configured all the same.
	@Bean
	ServiceUserSecretSanitizingFunction zitadelServiceUserSecretSanitizingFunction(Environment environment,
			ObjectProvider<ZitadelServiceUserConnectionDetails> connectionDetails) {
		ConfiguredSecrets secrets = new ConfiguredSecrets(environment, connectionDetails, System::nanoTime);
		return new ServiceUserSecretSanitizingFunction(secrets::get);
	}

}
