// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.sample.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.fake.RecordedTokenRequest;
import io.github.zitadelserviceuser.fake.TokenOutcome;
import io.github.zitadelserviceuser.sample.SampleApplication;
import io.github.zitadelserviceuser.token.RefreshPolicy;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the page, as a person uses it. They are skipped where there is no Chromium.
 */
@EnabledIf("io.github.zitadelserviceuser.sample.page.Browser#isInstalled")
class PageTests {

	private static ConfigurableApplicationContext application;

	private static FakeZitadel zitadel;

	private static ChromeDriver browser;

	@BeforeAll
	static void start() {
		application = SpringApplication.from(SampleApplication::main)
			.with(ImpatientConfiguration.class)
			.run("--server.port=0", "--sample.token-lifetime=20s")
			.getApplicationContext();
		zitadel = application.getBean(FakeZitadel.class);
		browser = Browser.start();
		browser.get("http://localhost:" + ((WebServerApplicationContext) application).getWebServer().getPort() + "/");
	}

	@AfterAll
	static void stop() {
		browser.quit();
		application.close();
	}

	@AfterEach
	void endTrouble() {
		click("END");
		awaitPage().untilAsserted(() -> {
			assertThat(life("data-state")).isEqualTo("fresh");
			assertThat(read("String(document.getElementById('failure'))")).isEqualTo("null");
		});
	}

	@Test
	void pageWhenNothingHappensThenCallsAreServedAndNoneFails() {
		long failed = failed();
		awaitServed(10);
		assertThat(failed()).isEqualTo(failed);
		// ZITADEL tells a second less than the token lives.
		assertThat(read("document.querySelector('svg.line').getAttribute('aria-label')")).contains("of 19 seconds");
		assertThat(text("trouble")).isEqualTo("none");
	}

	@Test
	void revokeThenTheTokenIsReplacedAndNoCallFails() {
		long failed = failed();
		click("REVOKE_TOKEN");
		awaitPage().untilAsserted(() -> assertThat(events()).contains("Revoke the token", "an API answered 401"));
		awaitServed(5);
		assertThat(failed()).isEqualTo(failed);
	}

	@Test
	void takeDownThenNoCallFailsThoughRefreshesDo() throws IOException {
		long failed = failed();
		click("TAKE_DOWN");
		assertThat(text("trouble")).isEqualTo("Take ZITADEL down");
		awaitPage().untilAsserted(() -> assertThat(text("failure")).contains("503"));
		awaitServed(5);
		assertThat(life("data-state")).isEqualTo("stale");
		assertThat(failed()).isEqualTo(failed);
		savePicture();
	}

	@Test
	void slowDownThenRefreshIsNotWaitedFor() {
		long failed = failed();
		int issued = zitadel.issuedTokens().size();
		click("SLOW_DOWN");
		awaitPage().untilAsserted(() -> assertThat(zitadel.issuedTokens()).hasSizeGreaterThan(issued));
		assertThat(application.getBean(CallStream.class).latest()).extracting(Call::millis)
			.allMatch((millis) -> millis < 2000);
		assertThat(failed()).isEqualTo(failed);
	}

	@Test
	void lockThenCallsFailAndThePageSaysWhyUntilTheUserIsUnlocked() {
		click("LOCK_USER");
		awaitPage().untilAsserted(() -> assertThat(text("failure")).contains("is deactivated or locked"));
		assertThat(failed()).isPositive();
		click("REVOKE_TOKEN");
		assertThat(text("trouble")).as("still").isEqualTo("Lock the user");
		click("END");
		awaitServed(5);
	}

	@Test
	void rotateThenTheNextTokenIsRequestedWithTheNewKey() {
		long failed = failed();
		Object before = lastKeyId();
		click("ROTATE_KEY");
		awaitPage().untilAsserted(() -> assertThat(lastKeyId()).isNotEqualTo(before));
		awaitServed(5);
		assertThat(failed()).isEqualTo(failed);
	}

	@Test
	void driftThenRefusedAssertionIsDatedAnewAndNoCallFails() {
		long failed = failed();
		click("DRIFT_CLOCK");
		awaitPage().untilAsserted(() -> assertThat(zitadel.tokenRequests()).extracting(RecordedTokenRequest::outcome)
			.containsSubsequence(TokenOutcome.EXPIRED, TokenOutcome.ISSUED));
		awaitServed(5);
		assertThat(failed()).isEqualTo(failed);
	}

	private static Object lastKeyId() {
		return zitadel.tokenRequests().get(zitadel.tokenRequests().size() - 1).assertionHeader().get("kid");
	}

	private static void awaitServed(int more) {
		long served = served();
		awaitPage().untilAsserted(() -> assertThat(served()).isGreaterThanOrEqualTo(served + more));
	}

	// The browser may send the form only after the click has returned: what is read
	// before
	// the page has come anew is still that of the old one.
	private static void click(String kind) {
		browser.executeScript("window.old = true");
		browser.findElement(By.id(kind)).click();
		awaitPage().untilAsserted(() -> assertThat(read("String(window.old)")).isEqualTo("undefined"));
	}

	private static long served() {
		return Long.parseLong(life("data-served"));
	}

	private static long failed() {
		return Long.parseLong(life("data-failed"));
	}

	private static String events() {
		return read("document.querySelector('table').innerText");
	}

	private static String life(String attribute) {
		return read("document.getElementById('life').getAttribute('" + attribute + "')");
	}

	private static String text(String id) {
		return read("document.getElementById('" + id + "').innerText");
	}

	// In one step, since the page replaces parts of itself twice a second: an element
	// that
	// was found may be gone when it is asked for its text.
	private static String read(String expression) {
		Object value = browser.executeScript("return " + expression);
		assertThat(value).as(expression).isInstanceOf(String.class);
		return (String) value;
	}

	private static ConditionFactory awaitPage() {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(250))
			.ignoreExceptionsInstanceOf(WebDriverException.class);
	}

	/**
	 * The picture of the README is made by
	 * {@code -Dsample.picture=docs/images/sample.png}.
	 */
	private static void savePicture() throws IOException {
		String picture = System.getProperty("sample.picture");
		if (picture != null) {
			byte[] png = browser.getScreenshotAs(OutputType.BYTES);
			Files.write(Path.of("..").resolve(picture), png);
		}
	}

	/**
	 * Refreshes soon, and replaces a token of any age: a test need not wait for it to be
	 * old enough, as a person at the page does.
	 */
	@Configuration(proxyBeanMethods = false)
	static class ImpatientConfiguration {

		@Bean
		RefreshPolicy refreshPolicy() {
			return RefreshPolicy.defaults().withShortestHold(Duration.ZERO).withRefreshAt(0.3);
		}

	}

}
