// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Who may read a file with a secret, where the file system can tell.
 */
final class SecretFileAccess {

	/**
	 * Where a container gets its secrets by those who run containers.
	 */
	private static final Path SECRETS = Path.of("/run/secrets");

	private SecretFileAccess() {
	}

	/**
	 * Return whether every user of this machine can read a file. A group is no such case:
	 * that is how an owner shares it with the application. Nor is a secret that is
	 * mounted into a container, which is open to all in there and nobody else is in
	 * there.
	 * @param file the file
	 * @return whether it and all directories above it are open to everybody
	 */
	static boolean isOpenToEverybody(Path file) {
		try {
			Path real = file.toRealPath();
			return !isMountedSecret(real) && has(real, PosixFilePermission.OTHERS_READ)
					&& isReachableByEverybody(real.getParent());
		}
		catch (IOException | UnsupportedOperationException | SecurityException ex) {
			return false;
		}
	}

	// Kubernetes keeps the files of a volume in a directory whose name begins with two
	// dots, and swaps a link to it.
	private static boolean isMountedSecret(Path real) {
		return real.startsWith(SECRETS) || Stream.iterate(0, (i) -> i < real.getNameCount(), (i) -> i + 1)
			.anyMatch((i) -> real.getName(i).toString().startsWith(".."));
	}

	private static boolean isReachableByEverybody(@Nullable Path directory) throws IOException {
		Path next = directory;
		while (next != null) {
			if (!has(next, PosixFilePermission.OTHERS_EXECUTE)) {
				return false;
			}
			next = next.getParent();
		}
		return true;
	}

	private static boolean has(Path path, PosixFilePermission permission) throws IOException {
		return Files.getPosixFilePermissions(path).contains(permission);
	}

}
