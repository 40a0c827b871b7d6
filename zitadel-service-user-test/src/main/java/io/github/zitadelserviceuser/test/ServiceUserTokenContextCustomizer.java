// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import java.util.Map;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Gives an application with a fixed token an issuer to read, behind all that it has in
 * properties of its own. A record, since contexts are cached by the equality of their
 * customizers.
 */
record ServiceUserTokenContextCustomizer() implements ContextCustomizer {

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		context.getEnvironment()
			.getPropertySources()
			.addLast(new MapPropertySource("serviceUserToken",
					Map.of("zitadel.service-user.issuer-uri", AutoConfigureServiceUserToken.ISSUER_URI)));
	}

}
