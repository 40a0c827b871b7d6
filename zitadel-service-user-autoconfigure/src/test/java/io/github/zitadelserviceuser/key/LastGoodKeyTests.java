// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import java.io.IOException;
import java.security.interfaces.RSAPrivateKey;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Readers that hang, fail and overtake each other.
 */
@Timeout(30)
class LastGoodKeyTests {

	private final RecordingKeyListener listener = new RecordingKeyListener();

	private KeyReader reader = () -> key("1");

	private final LastGoodKey key = new LastGoodKey(() -> this.reader.read(), List.of(this.listener));

	@Test
	void readWhenReaderThrowsSomethingElseThenTheOneBeforeIsKeptAndTheMessageNotShown() {
		this.key.read();
		this.reader = () -> {
			throw new IllegalStateException("the vault sent MIIEsecret");
		};
		assertThat(this.key.read().keyId()).isEqualTo("1");
		assertThat(this.key.read().keyId()).isEqualTo("1");
		assertThat(this.listener.take())
			.containsExactly("kept 1: reading it failed with java.lang.IllegalStateException");
		assertThat(this.key.problem()).hasMessage("No usable service user key in a KeyReader of the application: "
				+ "reading it failed with java.lang.IllegalStateException. Look at what that reader depends on; it is "
				+ "asked again at the next token request.")
			.hasNoCause();
		this.reader = () -> key("2");
		assertThat(this.key.read().keyId()).isEqualTo("2");
		assertThat(this.listener.take()).containsExactly("readable 2", "replaced 1 by 2");
	}

	@Test
	void readWhenItIsTheSameAsBeforeThenNoOtherCopyOfItIsKept() {
		ServiceUserKey before = this.key.read();
		ServiceUserKey again = new ServiceUserKey(before.userId(), before.keyId(), before.privateKey(),
				before.expirationDate());
		this.reader = () -> again;
		assertThat(this.key.read()).isSameAs(before);
		assertThat(this.key.current()).isSameAs(before);
		assertThat(this.listener.take()).isEmpty();
	}

	@Test
	void currentThenNeverReads() {
		this.reader = () -> {
			throw new IllegalStateException("read");
		};
		assertThat(this.key.current()).isNull();
		assertThatIllegalStateException().isThrownBy(this.key::get);
		assertThat(this.key.current()).isNull();
		this.reader = () -> key("1");
		this.key.read();
		this.reader = () -> key("2");
		assertThat(this.key.current()).extracting(ServiceUserKey::keyId).isEqualTo("1");
		this.key.read();
		assertThat(this.key.current()).extracting(ServiceUserKey::keyId).isEqualTo("2");
	}

	@Test
	void readWhenReaderThrowsSomethingElseAtFirstThenThatIsPassedOn() {
		this.reader = () -> {
			throw new IllegalStateException("the vault is sealed");
		};
		assertThatIllegalStateException().isThrownBy(this.key::read).withMessage("the vault is sealed");
		this.reader = () -> null;
		assertThatNullPointerException().isThrownBy(this.key::get);
		this.reader = () -> key("1");
		assertThat(this.key.get().keyId()).isEqualTo("1");
	}

	@Test
	void readWhenAnEarlierReadingHangsThenIsNotHeldUpNorReplacedByIt() throws Exception {
		this.key.read();
		HangingReader hanging = new HangingReader();
		this.reader = hanging;
		CompletableFuture<String> abandoned = hanging.readWith(this.key);
		this.reader = () -> key("3");
		assertThat(this.key.read().keyId()).isEqualTo("3");
		hanging.proceed(key("2"));
		assertThat(abandoned.get()).as("what is used is what it gets").isEqualTo("3");
		assertThat(this.key.get().keyId()).isEqualTo("3");
		assertThat(this.listener.take()).containsExactly("replaced 1 by 3");
	}

	@Test
	void readWhenALaterReadingFoundTheSameThenAnEarlierOneDoesNotReplaceIt() throws Exception {
		this.key.read();
		HangingReader hanging = new HangingReader();
		this.reader = hanging;
		CompletableFuture<String> abandoned = hanging.readWith(this.key);
		this.reader = () -> key("1");
		assertThat(this.key.read().keyId()).isEqualTo("1");
		hanging.proceed(key("0"));
		assertThat(abandoned.get()).isEqualTo("1");
		assertThat(this.listener.take()).isEmpty();
	}

	@Test
	void readWhenAnEarlierReadingEndsFirstThenTheLaterOneReplacesIt() throws Exception {
		this.key.read();
		HangingReader earlier = new HangingReader();
		this.reader = earlier;
		CompletableFuture<String> first = earlier.readWith(this.key);
		HangingReader later = new HangingReader();
		this.reader = later;
		CompletableFuture<String> second = later.readWith(this.key);
		earlier.proceed(key("2"));
		assertThat(first.get()).isEqualTo("2");
		later.proceed(key("3"));
		assertThat(second.get()).isEqualTo("3");
		assertThat(this.key.get().keyId()).isEqualTo("3");
	}

	@Test
	void readWhenAnAbandonedReadingFailsThenNothingIsTold() throws Exception {
		this.key.read();
		HangingReader hanging = new HangingReader();
		this.reader = hanging;
		CompletableFuture<String> abandoned = hanging.readWith(this.key);
		this.reader = () -> key("2");
		this.key.read();
		hanging.fail();
		assertThat(abandoned.get()).isEqualTo("2");
		assertThat(this.key.problem()).isNull();
		assertThat(this.listener.take()).containsExactly("replaced 1 by 2");
	}

	@Test
	void readWhenListenersThrowThenOthersAreToldAndTheKeyIsUsed() {
		LastGoodKey told = new LastGoodKey(() -> this.reader.read(), List.of(broken(IllegalStateException.class),
				broken(NoClassDefFoundError.class), broken(IOException.class), this.listener));
		told.read();
		this.reader = () -> key("2");
		assertThat(JdkLog.of(LastGoodKey.class, () -> assertThat(told.read().keyId()).isEqualTo("2"))).hasSize(3)
			.allSatisfy((line) -> assertThat(line).startsWith("A listener to the events of the key failed")
				.endsWith("broken listener"));
		assertThat(this.listener.take()).containsExactly("replaced 1 by 2");
	}

	@ParameterizedTest
	@ValueSource(classes = { NoClassDefFoundError.class, IOException.class })
	void readWhenReaderThrowsWhatItMustNotThenTheKeyBeforeIsUsed(Class<? extends Throwable> type) {
		this.key.read();
		this.reader = () -> {
			throw LastGoodKeyTests.<RuntimeException>sneaky(type);
		};
		assertThat(this.key.read().keyId()).isEqualTo("1");
		assertThat(this.key.problem()).hasMessageContaining(type.getName());
		this.reader = () -> key("2");
		assertThat(this.key.read().keyId()).isEqualTo("2");
		assertThat(this.key.problem()).isNull();
	}

	private static KeyListener broken(Class<? extends Throwable> type) {
		return new KeyListener() {

			@Override
			public void onReplaced(ServiceUserKey before, ServiceUserKey now) {
				throw LastGoodKeyTests.<RuntimeException>sneaky(type);
			}

		};
	}

	/**
	 * Throw what the compiler does not know of, as code in Kotlin does.
	 */
	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	private static <E extends Throwable> RuntimeException sneaky(Class<? extends Throwable> type) throws E {
		try {
			throw (E) type.getDeclaredConstructor(String.class).newInstance("broken listener");
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static ServiceUserKey key(String keyId) {
		return new ServiceUserKey("4711", keyId, (RSAPrivateKey) Keys.RSA.getPrivate(), null);
	}

	/**
	 * Reads from a network file system that does not answer until it is told to.
	 */
	private static final class HangingReader implements KeyReader {

		private final BlockingQueue<Object> begun = new LinkedBlockingQueue<>();

		private final CompletableFuture<ServiceUserKey> result = new CompletableFuture<>();

		CompletableFuture<String> readWith(LastGoodKey key) throws InterruptedException {
			CompletableFuture<String> reading = CompletableFuture.supplyAsync(() -> key.read().keyId(),
					Executors.newSingleThreadExecutor((task) -> {
						Thread thread = new Thread(task);
						thread.setDaemon(true);
						return thread;
					}));
			assertThat(this.begun.poll(20, TimeUnit.SECONDS)).isNotNull();
			return reading;
		}

		void proceed(ServiceUserKey key) {
			this.result.complete(key);
		}

		void fail() {
			this.result.completeExceptionally(new IllegalStateException("stale file handle"));
		}

		@Override
		public ServiceUserKey read() {
			this.begun.add(this);
			return this.result.join();
		}

	}

}
