// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.test.example.ExampleApplication;
import io.github.zitadelserviceuser.test.example.WhoAmI;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.aot.DisabledInAotMode;
import org.springframework.test.context.aot.TestContextAotGenerator;

import static io.github.zitadelserviceuser.test.FakeZitadelAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What a test with a fake begins with.
 */
@SpringBootTest(classes = ExampleApplication.class, webEnvironment = WebEnvironment.NONE,
		properties = { "zitadel.service-user.issuer-uri=https://production.example.com",
				"zitadel.service-user.private-key-location=/no/such/file", "zitadel.service-user.project-ids=4711",
				"zitadel.service-user.base-url=https://internal.example.com", "zitadel.service-user.user-id=1",
				"zitadel.service-user.key-id=2", "zitadel.service-user.keep-warm=true" })
@EnableFakeZitadel
class EnableFakeZitadelTests {

	@Autowired
	FakeZitadel zitadel;

	@Autowired
	WhoAmI whoAmI;

	@BeforeEach
	void isCold() {
		assertThat(this.zitadel).hasNoTokenRequests().hasIssuedTokens(0);
		assertThat(this.zitadel.userInfo()).hasNoCalls();
	}

	@RepeatedTest(2)
	void testWhenItIsNotTheFirstThenBeginsWithoutAToken() {
		assertThat(this.whoAmI.userName()).isEqualTo("service-user");
		assertThat(this.zitadel).hasTokenRequests(1).hasIssuedTokens(1);
	}

	@RepeatedTest(2)
	void testWhenTheOneBeforeLeftFailuresBehindThenDoesNotSeeThem() {
		assertThat(this.whoAmI.userName()).isEqualTo("service-user");
		this.zitadel.revokeAllTokens();
		this.zitadel.tokenEndpoint().answerAlways(FakeAnswer.instanceBlocked());
		this.zitadel.userInfo().answerAlways(FakeAnswer.of(403, "text/plain", "no"));
		assertThatException().isThrownBy(this.whoAmI::userName);
	}

	@Test
	void propertiesWhenReadThenAreThoseOfTheFakeAndTheOthersHold(@Autowired Environment environment) {
		this.whoAmI.userName();
		assertThat(environment.getProperty("zitadel.service-user.issuer-uri")).isEqualTo(this.zitadel.issuer());
		assertThat(environment.getProperty("zitadel.service-user.user-id")).isEqualTo(this.zitadel.serviceUser().id());
		assertThat(environment.getProperty("zitadel.service-user.private-key-location")).startsWith("base64:");
		assertThat(environment.getProperty("zitadel.service-user.key-location")).isNull();
		assertThat(this.zitadel).lastTokenRequest()
			.requestedScopes("openid", "profile", "email", "urn:zitadel:iam:org:project:id:4711:aud");
	}

	@RepeatedTest(2)
	void testWhenARequestIsUnderWayThenTheNextBeginsWithoutIt(@Autowired TokenSource tokenSource) throws Exception {
		this.zitadel.tokenEndpoint().hold();
		CompletableFuture<AccessToken> held = tokenSource.get();
		this.zitadel.tokenEndpoint().awaitWaiting(1);
		assertThat(held).isNotDone();
	}

	@RepeatedTest(2)
	void testWhenTheOneBeforeRemovedTheUserThenItIsBack() {
		assertThat(this.whoAmI.userName()).isEqualTo("service-user");
		this.zitadel.serviceUser().remove();
		assertThatException().isThrownBy(this.whoAmI::userName);
	}

	@Test
	void aheadOfTimeWhenProcessedThenIsLeftOut() {
		assertThat(TestContextAnnotationUtils.hasAnnotation(EnableFakeZitadelTests.class, DisabledInAotMode.class))
			.isTrue();
		InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
		new TestContextAotGenerator(files).processAheadOfTime(Stream.of(EnableFakeZitadelTests.class));
		assertThat(files.getGeneratedFiles(Kind.SOURCE).keySet())
			.noneMatch((name) -> name.contains("EnableFakeZitadelTests__"));
	}

	@Nested
	class NestedTest {

		@Test
		void testWhenNestedThenHasTheSameFake(@Autowired FakeZitadel same) {
			assertThat(same == EnableFakeZitadelTests.this.zitadel).isTrue();
			assertThat(EnableFakeZitadelTests.this.whoAmI.userName()).isEqualTo("service-user");
			assertThat(same).hasTokenRequests(1);
		}

	}

}
