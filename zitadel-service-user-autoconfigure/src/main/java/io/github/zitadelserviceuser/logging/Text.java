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
