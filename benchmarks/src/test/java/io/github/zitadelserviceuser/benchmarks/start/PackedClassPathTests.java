// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.start;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The jars that an application is started from.
 */
class PackedClassPathTests {

	@Test
	void ofWhenDirectoryThenJarOfItInItsPlace(@TempDir Path classes, @TempDir Path jars) throws IOException {
		Files.writeString(Files.createDirectories(classes.resolve("META-INF")).resolve("some.imports"), "a");
		PackedClassPath packed = new PackedClassPath(jars);
		String[] entries = packed.of(String.join(File.pathSeparator, "first.jar", classes.toString(), "last.jar"))
			.split(File.pathSeparator);
		assertThat(entries).hasSize(3).startsWith("first.jar").endsWith("last.jar");
		assertThat(Path.of(entries[1])).hasParent(jars);
		try (JarFile jar = new JarFile(entries[1])) {
			assertThat(jar.stream()).extracting(Object::toString).containsExactly("META-INF/some.imports");
			assertThat(jar.getInputStream(jar.getEntry("META-INF/some.imports"))).hasContent("a");
		}
		assertThat(packed.of(classes.toString())).isEqualTo(entries[1]);
	}

}
