// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.upload;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.zitadelserviceuser.benchmarks.call.Authorization;
import io.github.zitadelserviceuser.benchmarks.library.ClientLibrary;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Uploads so small that they are the same on any machine.
 */
class SenderTests {

	private static final long SIZE = 700_001;

	private final RefreshingTokenSource tokens = RefreshingTokenSource
		.builder(() -> new TokenResponse("token-1", Duration.ofHours(12)))
		.build();

	@ParameterizedTest
	@MethodSource("senders")
	void uploadWhenAuthorizedThenComesInWholeAndIsWatchedToTheEnd(Sender sender, ClientLibrary library)
			throws Exception {
		try (Sink sink = Sink.start(SIZE, "Bearer token-1")) {
			Function<Authorization, Sender.Upload> uploads = sender.uploads(library, this.tokens, sink.uri(),
					new GeneratedBody(SIZE));
			for (Authorization authorization : Uploads.KINDS) {
				AtomicLong watched = new AtomicLong();
				uploads.apply(authorization).send(watched::set);
				assertThat(watched).hasValue(SIZE);
			}
			assertThat(sink.uploads()).isEqualTo(Uploads.KINDS.size());
			assertThat(sink.complaints()).isEmpty();
			Sender.Upload plain = uploads.apply(Authorization.NONE);
			assertThatThrownBy(() -> plain.send((position) -> {
			})).hasMessageContaining("400");
			assertThat(sink.complaints()).containsExactly("the token did not come");
		}
	}

	static Stream<Arguments> senders() {
		return Arrays.stream(Sender.values())
			.flatMap((sender) -> Arrays.stream(ClientLibrary.values())
				.filter(sender::supports)
				.map((library) -> Arguments.of(sender, library)));
	}

}
