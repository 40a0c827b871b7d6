// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.zitadelserviceuser.test.EnableFakeZitadel;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/**
 * A test of recipes. All have the one application context and the servers that it calls.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "zitadel.service-user.allowed-hosts=localhost", "zitadel.service-user.api-access=true",
				"logging.level.org.apache.kafka=warn" })
@EnableFakeZitadel
@Import(Servers.class)
@interface RecipeTest {

}
