// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.logging;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.StringUtils;

/**
 * Parts of a line.
 */
final class Text {

	private Text() {
	}

	// One sentence among others; some messages bring their own full stop.
	static String sentence(@Nullable String message) {
		return StringUtils.trimTrailingCharacter(String.valueOf(message), '.') + ". ";
	}

	static String of(Duration duration) {
		Duration seconds = Duration.ofSeconds(duration.toSeconds());
		return DurationFormatterUtils.print(seconds, DurationFormat.Style.COMPOSITE);
	}

	static String count(long number, String noun) {
		return number + " " + noun + ((number == 1) ? "" : "s");
	}

}
