// SPDX-License-Identifier: Apache-2.0

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
