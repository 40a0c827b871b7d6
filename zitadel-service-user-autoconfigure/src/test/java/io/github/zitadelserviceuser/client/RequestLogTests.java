// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.web.reactive.function.client.ExchangeFunctions;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Spring's own log of requests shows of the token, as {@code docs/security.md} says
 * it.
 */
class RequestLogTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger(ExchangeFunctions.class);

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	private final RecordingServer server = new RecordingServer();

	@BeforeEach
	void listen() {
		this.logger.setLevel(Level.TRACE);
		this.logger.setAdditive(false);
		this.logger.addAppender(this.lines);
		this.lines.start();
		this.server.accept("first");
	}

	@AfterEach
	void stop() {
		this.logger.detachAppender(this.lines);
		this.logger.setAdditive(true);
		this.logger.setLevel(null);
		this.server.close();
	}

	@Test
	void callWhenRequestsAreLoggedThenTokenIsNotAmongThem() {
		call(false);
		assertThat(this.lines.list).isNotEmpty()
			.noneMatch((line) -> line.getFormattedMessage().contains("Bearer first"));
	}

	@Test
	void callWhenTheirDetailsAreLoggedThenTokenIsNotAmongThem() {
		call(true);
		assertThat(this.lines.list).anyMatch((line) -> line.getFormattedMessage().contains("X-Detail"))
			.noneMatch((line) -> line.getFormattedMessage().contains("Bearer first"));
	}

	private void call(boolean details) {
		assertThat(WebClient.builder()
			.codecs((codecs) -> codecs.defaultCodecs().enableLoggingRequestDetails(details))
			.filter(new ServiceUserExchangeFilterFunction(new ScriptedTokenSource(), AuthorizedClient.hosts(), null))
			.build()
			.get()
			.uri(this.server.uri())
			.header("X-Detail", "shown")
			.retrieve()
			.bodyToMono(String.class)
			.block()).isEqualTo("welcome");
	}

}
