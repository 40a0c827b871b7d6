// SPDX-License-Identifier: Apache-2.0

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
