// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A temporary directory for files of credentials, made when first needed and deleted at
 * the end.
 */
final class CredentialDirectory implements AutoCloseable {

	private @Nullable Path directory;

	private int files;

	synchronized Path newFile(String name) {
		try {
			if (this.directory == null) {
				this.directory = Files.createTempDirectory("fake-zitadel");
			}
			this.files++;
			return this.directory.resolve(this.files + "-" + name);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Unable to create a temporary directory for credentials", ex);
		}
	}

	@Override
	public synchronized void close() {
		Path root = this.directory;
		this.directory = null;
		if (root == null) {
			return;
		}
		try {
			for (Path path : deepestFirst(root)) {
				Files.deleteIfExists(path);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Unable to delete the credentials in " + root, ex);
		}
	}

	private static List<Path> deepestFirst(Path root) throws IOException {
		try (Stream<Path> paths = Files.exists(root) ? Files.walk(root) : Stream.<Path>empty()) {
			return paths.sorted(Comparator.reverseOrder()).toList();
		}
	}

}
