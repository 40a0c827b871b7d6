// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.upload;

import java.util.List;

import io.github.zitadelserviceuser.benchmarks.library.ClientLibrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The memory of a process that uploads, which depends little on the machine.
 */
class UploadMeasurementTests {

	private static final long SIZE = 16 * 1024 * 1024;

	@ParameterizedTest
	@CsvSource({ "RESOURCE, JDK", "BUFFERS, REACTOR" })
	void uploadWhenByLibraryThenBodyIsNotHeldInMemory(Sender sender, ClientLibrary library) throws Exception {
		List<Uploaded> uploaded = UploadMeasurement.upload(sender, library, SIZE, 1);
		assertThat(uploaded).hasSize(Uploads.KINDS.size())
			.allSatisfy((kind) -> assertThat(kind.nanos()).hasSize(1))
			.allSatisfy((kind) -> assertThat(kind.heap()).isPositive());
		assertThat(uploaded.get(1).heap()).isLessThan(uploaded.get(0).heap() + SIZE / 2);
		assertThat(uploaded.get(1).direct()).isLessThan(uploaded.get(0).direct() + SIZE / 2);
	}

	@Test
	void uploadWhenProcessFailsThenSaysWhy() {
		assertThatThrownBy(() -> UploadMeasurement.upload(Sender.BUFFERS, ClientLibrary.SIMPLE, SIZE, 1))
			.hasMessageContaining("0 of 36 uploads came in")
			.hasMessageContaining("It only blocks");
	}

}
