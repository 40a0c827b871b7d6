// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.PropertyMapping;

/**
 * Gives a test service users whose tokens never change, and no server. It goes on a test
 * class next to {@code @RestClientTest}, {@code @WebClientTest}, {@code @WebMvcTest},
 * {@code @WebFluxTest} or {@code @SpringBootTest}, and adds the clients of the unnamed
 * user and of those in {@code zitadel.service-users} to tests that have none, those of
 * HTTP services included.
 *
 * <pre class="code">
 * &#64;RestClientTest(GreetingClient.class)
 * &#64;AutoConfigureServiceUserToken
 * class GreetingClientTests {
 *
 *     &#64;Autowired
 *     MockRestServiceServer server;
 *
 * }
 * </pre>
 *
 * Neither {@code issuer-uri} nor a credential is needed; without the former the issuer is
 * {@code https://zitadel.test}, also for who reads the property. Where the token may go
 * is checked as ever, so {@code allowed-hosts} has to name the hosts that are called.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
@PropertyMapping("zitadel.service-user-test")
public @interface AutoConfigureServiceUserToken {

	/**
	 * The value of the property {@code zitadel.service-user.issuer-uri} where the
	 * application has none.
	 */
	String ISSUER_URI = "https://zitadel.test";

	/**
	 * The token that is sent. That of a named user has a hyphen and the name added to it:
	 * {@code test-token-billing}.
	 * @return the value of the token
	 */
	@PropertyMapping("token")
	String value() default "test-token";

}
