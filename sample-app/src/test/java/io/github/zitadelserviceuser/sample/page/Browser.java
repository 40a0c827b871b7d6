/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
