// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.sample.page;

import java.io.File;
import java.util.Arrays;
import java.util.Optional;

import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * Finds a Chromium and its driver on this machine. Nothing is downloaded.
 */
final class Browser {

	private Browser() {
	}

	static boolean isInstalled() {
		return chromium().isPresent() && driver().isPresent();
	}

	static ChromeDriver start() {
		ChromeOptions options = new ChromeOptions();
		options.setBinary(chromium().orElseThrow());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
				"--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
				"--disable-sync", "--window-size=1000,1100");
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(driver().orElseThrow())
			.build();
		return new ChromeDriver(service, options);
	}

	private static Optional<File> chromium() {
		return find("chromium", "chromium-browser", "google-chrome");
	}

	private static Optional<File> driver() {
		return find("chromedriver");
	}

	private static Optional<File> find(String... names) {
		String path = System.getenv("PATH");
		return Arrays.stream((path != null) ? path.split(File.pathSeparator) : new String[0])
			.flatMap((directory) -> Arrays.stream(names).map((name) -> new File(directory, name)))
			.filter(File::canExecute)
			.findFirst();
	}

}
