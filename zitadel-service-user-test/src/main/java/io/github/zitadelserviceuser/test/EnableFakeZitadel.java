// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.zitadelserviceuser.fake.Dialect;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.junit.jupiter.api.parallel.ResourceLock;

import org.springframework.test.context.aot.DisabledInAotMode;

/**
 * Starts a {@link FakeZitadel} for the application context of a test and has the
 * application use it. It goes on a test class next to {@code @SpringBootTest}, or on an
 * annotation of one's own; subclasses and nested classes have it too.
 *
 * <pre class="code">
 * &#64;SpringBootTest
 * &#64;EnableFakeZitadel
 * class GreetingTests {
 *
 *     &#64;Autowired
 *     FakeZitadel zitadel;
 *
 * }
 * </pre>
 *
 * What the application has in {@code zitadel.service-user.issuer-uri}, {@code base-url}
 * and the properties of its credential is replaced or not looked at, and so is what it
 * has there for named users in {@code zitadel.service-users}; all other properties hold,
 * except that {@code keep-warm} is off. Each named user is one of its own in the fake,
 * {@link FakeZitadel#serviceUser(String)}. A user authenticates there with the kind of
 * credential that its properties name, and with a key file if they name none. The fake is
 * a bean: it is started when it is first needed and closed with the context, and the
 * context is cached like any other.
 * <p>
 * Before and after each test method the fake is {@linkplain FakeZitadel#reset() reset}
 * and the application forgets the tokens of its users, so each test begins without one. A
 * token is replaced on a 401 even if it is young, so that a test can revoke one and need
 * not wait.
 * <p>
 * With JUnit's parallel execution, test classes that share a context run one after the
 * other, and so do the methods of each; others run at the same time.
 * <p>
 * Spring's ahead-of-time processing of tests leaves such classes out, and they are not
 * run in a native image.
 *
 * @since 0.1.0
 * @see FakeZitadelAssertions
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@DisabledInAotMode("The fake is started by the test, not by generated code")
@ResourceLock(providers = FakeZitadelLocksProvider.class)
public @interface EnableFakeZitadel {

	/**
	 * How a bad assertion is answered.
	 * @return the dialect
	 */
	Dialect dialect() default Dialect.SERVER_ERROR;

}
