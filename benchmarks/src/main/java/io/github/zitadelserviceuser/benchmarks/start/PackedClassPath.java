// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.start;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * Makes a jar of each directory on a class path, as an application has it. The JVM asks
 * the file system for each class whether it is in a directory that stands ahead of the
 * jars, and archives no class of one.
 */
final class PackedClassPath {

	private final Path directory;

	private final Map<String, String> packed = new HashMap<>();

	/**
	 * Create a new instance.
	 * @param directory where the jars go
	 */
	PackedClassPath(Path directory) {
		this.directory = directory;
	}

	/**
	 * Return a class path of jars alone.
	 * @param classPath jars and directories
	 * @return the same, of jars
	 */
	String of(String classPath) {
		return Arrays.stream(classPath.split(File.pathSeparator))
			.map((entry) -> new File(entry).isDirectory() ? this.packed.computeIfAbsent(entry, this::pack) : entry)
			.collect(Collectors.joining(File.pathSeparator));
	}

	private String pack(String classes) {
		Path root = Path.of(classes);
		Path jar = this.directory.resolve(this.packed.size() + ".jar");
		try (OutputStream file = Files.newOutputStream(jar);
				JarOutputStream entries = new JarOutputStream(file);
				Stream<Path> all = Files.walk(root)) {
			List<Path> files = all.filter(Files::isRegularFile).sorted().toList();
			for (Path each : files) {
				entries.putNextEntry(new ZipEntry(root.relativize(each).toString().replace(File.separatorChar, '/')));
				Files.copy(each, entries);
			}
			return jar.toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
