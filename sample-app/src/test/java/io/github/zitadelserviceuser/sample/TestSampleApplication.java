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

package io.github.zitadelserviceuser.sample;

import io.github.zitadelserviceuser.test.FakeZitadelConfiguration;

import org.springframework.boot.SpringApplication;

/**
 * The sample as one runs it while developing it: {@code spring-boot:test-run}. It is
 * against a fake of the test module, for which its page makes no trouble.
 */
public final class TestSampleApplication {

	private TestSampleApplication() {
	}

	public static void main(String[] args) {
		application().run(args);
	}

	// Not by its main method, which brings a stand-in of its own.
	static SpringApplication.Augmented application() {
		return SpringApplication.from((args) -> SpringApplication.run(SampleApplication.class, args))
			.with(FakeZitadelConfiguration.class);
	}

}
