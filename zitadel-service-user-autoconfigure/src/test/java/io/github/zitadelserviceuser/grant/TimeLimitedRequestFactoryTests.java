// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

import io.github.zitadelserviceuser.token.BackgroundTasks;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link TimeLimitedRequestFactory} with a client that cannot be aborted, and
 * whose time is over at the first look.
 */
class TimeLimitedRequestFactoryTests {

	private final Looks looks = new Looks();

	/**
	 * As an interceptor does that sends the request again.
	 */
	@Test
	void executeWhenAnswerIsNeverClosedThenItsThreadIsNotInterruptedAndTheLooksEnd() throws Exception {
		assertThat(execute().getStatusCode()).isEqualTo(HttpStatus.OK);
		this.looks.take(100);
		assertThat(Thread.interrupted()).isFalse();
		assertThat(this.looks.scheduled).isEmpty();
	}

	@Test
	void getBodyWhenTimeIsOverThenFailsAndTheLooksEnd() throws Exception {
		ClientHttpResponse response = execute();
		this.looks.take(100);
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> response.getBody().read());
		this.looks.take(100);
		assertThat(this.looks.scheduled).isEmpty();
		response.close();
		assertThat(Thread.interrupted()).isFalse();
	}

	/**
	 * About then its thread is interrupted too, on which some libraries spin.
	 */
	@Test
	void executeWhenTimeIsShortThenTheFirstLookIsNotAfterItsEnd() throws Exception {
		execute(Duration.ofMillis(99)).close();
		assertThat(this.looks.firstDelay).isLessThanOrEqualTo(Duration.ofMillis(99));
	}

	@Test
	void executeWhenTimeIsLongThenTheFirstLookIsSoon() throws Exception {
		execute(Duration.ofHours(1)).close();
		assertThat(this.looks.firstDelay).isPositive().isLessThan(Duration.ofSeconds(1));
	}

	private ClientHttpResponse execute() throws Exception {
		return execute(Duration.ZERO);
	}

	private ClientHttpResponse execute(Duration limit) throws Exception {
		return new TimeLimitedRequestFactory((uri, method) -> {
			MockClientHttpRequest request = new MockClientHttpRequest(method, uri);
			request.setResponse(new MockClientHttpResponse(new byte[0], HttpStatus.OK));
			return request;
		}, limit, this.looks).createRequest(URI.create("http://localhost"), HttpMethod.GET).execute();
	}

	private static final class Looks implements BackgroundTasks {

		private final Queue<FutureTask<Void>> scheduled = new ArrayDeque<>();

		private @Nullable Duration firstDelay;

		void take(int most) {
			for (int i = 0; i < most && !this.scheduled.isEmpty(); i++) {
				this.scheduled.remove().run();
			}
		}

		@Override
		public void run(Runnable task) {
			task.run();
		}

		@Override
		public Future<?> schedule(Runnable task, Duration delay) {
			FutureTask<Void> look = new FutureTask<>(task, null);
			this.scheduled.add(look);
			this.firstDelay = (this.firstDelay != null) ? this.firstDelay : delay;
			return look;
		}

		@Override
		public void close() {
			this.scheduled.clear();
		}

	}

}
