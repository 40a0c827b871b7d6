// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import java.util.Map;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.util.StringUtils;

/**
 * Gives an application with a fixed token an issuer to read, where its own properties
 * have none. A record, since contexts are cached by the equality of their customizers.
 */
record ServiceUserTokenContextCustomizer() implements ContextCustomizer {

	private static final String ISSUER_URI = "zitadel.service-user.issuer-uri";

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		ConfigurableEnvironment environment = context.getEnvironment();
		MapPropertySource issuer = new MapPropertySource("serviceUserToken",
				Map.of(ISSUER_URI, AutoConfigureServiceUserToken.ISSUER_URI));
		boolean blank = environment.containsProperty(ISSUER_URI)
				&& !StringUtils.hasText(environment.resolvePlaceholders("${" + ISSUER_URI + "}"));
		if (blank) {
			environment.getPropertySources().addFirst(issuer);
		}
		else {
			environment.getPropertySources().addLast(issuer);
		}
	}

}
