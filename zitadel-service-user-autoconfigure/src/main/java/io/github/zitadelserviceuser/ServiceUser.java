// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Says that calls are made as the service user.
 * <p>
 * At an injection point it selects the client that does so, or another part of that
 * service user, and on a bean of the application's it says which user that is meant for:
 *
 * <pre class="code">
 * GreetingClient(@ServiceUser WebClient webClient)
 * GreetingClient(@ServiceUser RestClient restClient)
 * GreetingClient(@ServiceUser("billing") RestClient restClient)
 * </pre>
 *
 * Where the token may go is judged when a request is sent, after all that
 * {@code mutate()} adds to such a client.
 * <p>
 * On an HTTP service interface, or on some of its methods, it authorizes the calls of
 * these, and no others of the same group. On an interface it holds for those that extend
 * it too. The clients of such a group follow no redirects; they are injected by their
 * type as any others.
 *
 * <pre class="code">
 * &#64;ServiceUser
 * &#64;HttpExchange
 * interface GreetingApi {
 *
 * 	&#64;GetExchange("/greeting")
 * 	String greeting();
 *
 * }
 * </pre>
 *
 * @since 0.1.0
 */
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Qualifier
public @interface ServiceUser {

	/**
	 * Name of the service user, as in {@code zitadel.service-users.<name>}. Without it,
	 * the one that {@code zitadel.service-user} describes is meant.
	 * @return the name, or empty
	 */
	String value() default "";

}
