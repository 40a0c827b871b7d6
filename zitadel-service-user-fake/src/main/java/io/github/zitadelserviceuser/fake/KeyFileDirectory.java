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
 * A temporary directory for key files, made when first needed and deleted at the end.
 */
final class KeyFileDirectory implements AutoCloseable {

	private @Nullable Path directory;

	private int files;

	synchronized Path newFile(String name) {
		try {
			if (this.directory == null) {
				this.directory = Files.createTempDirectory("fake-zitadel");
			}
			this.files++;
			return this.directory.resolve(name + "-" + this.files + ".json");
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Unable to create a temporary directory for key files", ex);
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
			throw new UncheckedIOException("Unable to delete the key files in " + root, ex);
		}
	}

	private static List<Path> deepestFirst(Path root) throws IOException {
		try (Stream<Path> paths = Files.exists(root) ? Files.walk(root) : Stream.<Path>empty()) {
			return paths.sorted(Comparator.reverseOrder()).toList();
		}
	}

}
