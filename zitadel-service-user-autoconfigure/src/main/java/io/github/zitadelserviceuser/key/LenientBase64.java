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

package io.github.zitadelserviceuser.key;

import java.util.Base64;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Decodes Base64 the way it arrives through environment variables and secret stores:
 * standard or URL-safe, padded or not, with line breaks, real or written out.
 */
final class LenientBase64 {

	private static final Pattern IGNORED = Pattern.compile("\\s|\\\\+[rn]|=+\\s*$");

	private LenientBase64() {
	}

	/**
	 * Decode the given text.
	 * @param text the text to decode
	 * @return the bytes, or {@code null} if the text is not Base64 or was cut off
	 */
	static byte @Nullable [] decode(String text) {
		String compact = IGNORED.matcher(text).replaceAll("").replace('-', '+').replace('_', '/');
		try {
			return Base64.getDecoder().decode(compact);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
