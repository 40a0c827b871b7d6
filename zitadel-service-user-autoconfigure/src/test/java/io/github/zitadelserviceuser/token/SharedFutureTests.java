// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * One caller cannot change what another one is given.
 */
class SharedFutureTests {

	private final TokenRoom room = new TokenRoom();

	private final AccessToken forged = new AccessToken("forged", MutableTime.START, MutableTime.START.plusSeconds(1));

	@Test
	void getWhenFreshThenNoCallerCanChangeTheFuture() {
		AccessToken token = this.room.obtain();
		CompletableFuture<AccessToken> future = this.room.source.get();
		assertThat(future.complete(this.forged)).isFalse();
		assertThat(future.completeExceptionally(new IllegalStateException())).isFalse();
		assertThat(future.cancel(true)).isFalse();
		future.completeAsync(() -> this.forged, Runnable::run);
		future.completeOnTimeout(this.forged, 0, TimeUnit.NANOSECONDS);
		future.orTimeout(0, TimeUnit.NANOSECONDS);
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> future.obtrudeValue(this.forged));
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> future.obtrudeException(new IllegalStateException()));
		assertThat(future.toCompletableFuture()).isSameAs(future);
		assertThat(this.room.source.get()).isSameAs(future).isCompletedWithValue(token);
	}

	@Test
	void getWhenFreshThenDependentStagesAreTheCallersOwn() {
		this.room.obtain();
		CompletableFuture<AccessToken> future = this.room.source.get();
		CompletableFuture<AccessToken> copy = future.copy();
		copy.obtrudeValue(this.forged);
		CompletableFuture<String> mapped = future.thenApply(AccessToken::value);
		assertThat(mapped).isCompletedWithValue("token-1");
		mapped.obtrudeValue("forged");
		assertThat(this.room.held()).isEqualTo("token-1");
	}

	@Test
	void getWhenColdThenEachCallersFutureIsItsOwn() {
		CompletableFuture<AccessToken> first = this.room.source.get();
		CompletableFuture<AccessToken> second = this.room.source.get();
		assertThat(first).isNotSameAs(second);
		first.complete(this.forged);
		this.room.tasks.runAll();
		assertThat(TokenRoom.token(second).value()).isEqualTo("token-1");
		second.obtrudeValue(this.forged);
		assertThat(this.room.held()).isEqualTo("token-1");
	}

	@Test
	void getWhenPausedThenChangingTheFailedFutureHarmsNobody() {
		this.room.grant.fail(Reason.REFUSED);
		this.room.source.get();
		this.room.tasks.runAll();
		this.room.source.get().obtrudeValue(this.forged);
		assertThat(this.room.refused()).isEqualTo(Reason.REFUSED);
	}

	@Test
	void getWhenPausedThenNothingPilesUpOnTheSharedFailure() {
		this.room.grant.fail(Reason.REFUSED);
		this.room.source.get();
		this.room.tasks.runAll();
		for (int i = 0; i < 100; i++) {
			TokenRoom.failure(this.room.source.get()).addSuppressed(new IllegalStateException());
		}
		assertThat(TokenRoom.failure(this.room.source.get())).hasNoSuppressedExceptions();
	}

}
