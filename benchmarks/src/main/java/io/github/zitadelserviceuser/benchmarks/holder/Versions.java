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

package io.github.zitadelserviceuser.benchmarks.holder;

import java.nio.file.Path;
import java.security.CodeSource;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.auth.oauth2.OAuth2Credentials;
import software.amazon.awssdk.utils.cache.CachedSupplier;

import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;

/**
 * What really is on the class path.
 *
 * @since 0.1.0
 */
public final class Versions {

	private Versions() {
	}

	/**
	 * Return the names of the jars of what is compared, as a sentence.
	 * @return the names, each with its version
	 */
	public static String sentence() {
		return Stream
			.of(HttpHeaders.class, OAuth2AuthorizedClientManager.class, OAuth2Credentials.class, CachedSupplier.class)
			.map(Versions::jar)
			.collect(Collectors.joining("`, `", "Versions: `", "`."));
	}

	private static String jar(Class<?> type) {
		CodeSource source = type.getProtectionDomain().getCodeSource();
		String path = (source != null) ? source.getLocation().getPath() : "unknown";
		// The jar with the cache is called "utils", and no more.
		String name = String.valueOf(Path.of(path).getFileName()).replace(".jar", "");
		return type.getName().startsWith("software.amazon.awssdk.") ? "awssdk-" + name : name;
	}

}
