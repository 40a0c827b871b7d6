// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.plain;

import java.io.File;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.TokenSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what is left when an application is gone.
 */
class LeakTests {

	private static final String THREADS = "service-user-token";

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	@AfterAll
	static void stop() {
		ZITADEL.close();
	}

	@Test
	void closeWhenTokenIsHeldThenThreadsAreGoneWithinASecond() {
		Runnable close = Application.start(ZITADEL.issuer(), keyLocation());
		assertThat(threads()).isNotEmpty().allMatch(Thread::isDaemon);
		close.run();
		Awaitility.await().atMost(Duration.ofSeconds(1)).untilAsserted(() -> assertThat(threads()).isEmpty());
	}

	@Test
	void closeWhenTokenRequestIsUnderWayThenThreadsAreGoneWithinASecond() throws InterruptedException {
		ZITADEL.tokenEndpoint().hold();
		try {
			ConfigurableApplicationContext context = Application.run(ZITADEL.issuer(), keyLocation());
			CompletableFuture<?> token = context.getBean(TokenSource.class).get();
			ZITADEL.tokenEndpoint().awaitWaiting(1);
			context.close();
			Awaitility.await().untilAsserted(() -> assertThat(token).isCompletedExceptionally());
			Awaitility.await().atMost(Duration.ofSeconds(1)).untilAsserted(() -> assertThat(threads()).isEmpty());
		}
		finally {
			ZITADEL.reset();
		}
	}

	@Test
	void closeWhenTenApplicationsCameAndWentThenTheirClassesAreGone() throws Exception {
		startDelayThreadOfTheJdk();
		List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			loaders.add(startAndCloseInAThread());
		}
		clearSoftReferences();
		// Before version 18 the JDK caches the method handle by which it last
		// computed the hash code of a record, and with it the class loader of
		// that record.
		List<WeakReference<ClassLoader>> allButTheLast = loaders.subList(0, 9);
		Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			System.gc();
			assertThat(allButTheLast).allMatch((loader) -> loader.refersTo(null));
		});
		assertThat(threads()).isEmpty();
	}

	/**
	 * The JDK starts this thread once, and it keeps the class loader of whoever is the
	 * first to need it. That is not ours to change: Spring's client of the JDK needs it.
	 */
	private static void startDelayThreadOfTheJdk() {
		new CompletableFuture<>().completeOnTimeout(null, 1, TimeUnit.NANOSECONDS).join();
	}

	/**
	 * The garbage collector clears them when memory runs out, and not before. The JDK has
	 * such references to whatever classes it once looked into.
	 */
	private static void clearSoftReferences() {
		SoftReference<Object> soft = new SoftReference<>(new Object());
		List<byte[]> ballast = new ArrayList<>();
		try {
			while (soft.get() != null) {
				ballast.add(new byte[16 * 1024 * 1024]);
			}
		}
		catch (OutOfMemoryError ex) {
			ballast.clear();
		}
	}

	/**
	 * In a thread of its own, since the thread locals of this one would outlive it.
	 */
	private static WeakReference<ClassLoader> startAndCloseInAThread() throws Exception {
		FutureTask<WeakReference<ClassLoader>> task = new FutureTask<>(LeakTests::startAndClose);
		Thread thread = new Thread(task, "application");
		thread.start();
		thread.join();
		return task.get();
	}

	private static WeakReference<ClassLoader> startAndClose() throws Exception {
		try (URLClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
			Thread.currentThread().setContextClassLoader(loader);
			Class<?> application = loader.loadClass(Application.class.getName());
			assertThat(application).isNotSameAs(Application.class);
			((Runnable) application.getMethod("start", String.class, String.class)
				.invoke(null, ZITADEL.issuer(), keyLocation())).run();
			return new WeakReference<>(loader);
		}
	}

	private static URL[] classPath() {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).map((entry) -> {
			try {
				return new File(entry).toURI().toURL();
			}
			catch (MalformedURLException ex) {
				throw new IllegalStateException(ex);
			}
		}).toArray(URL[]::new);
	}

	private static String keyLocation() {
		return ZITADEL.serviceUser().key().keyFile().toString();
	}

	private static List<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith(THREADS))
			.toList();
	}

	/**
	 * An application in whatever class loader this class is loaded by.
	 */
	public static final class Application {

		private Application() {
		}

		public static Runnable start(String issuer, String keyLocation) {
			ConfigurableApplicationContext context = run(issuer, keyLocation);
			assertThat(context.getBean(TokenSource.class).await().value()).isNotEmpty();
			return context::close;
		}

		static ConfigurableApplicationContext run(String issuer, String keyLocation) {
			SpringApplication application = new SpringApplication(PlainApplication.class);
			// The hook of Spring Boot lives as long as the JVM.
			application.setRegisterShutdownHook(false);
			return application.run("--spring.main.banner-mode=off", "--zitadel.service-user.issuer-uri=" + issuer,
					"--zitadel.service-user.key-location=" + keyLocation);
		}

	}

}
