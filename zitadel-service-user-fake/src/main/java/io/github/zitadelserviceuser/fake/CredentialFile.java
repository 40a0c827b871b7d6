// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/**
 * The text of a credential and the ways in which it gets into a file. {@link #toString()}
 * leaves the text out.
 *
 * @param name the name of the file in the directory of the fake
 * @param text the text
 * @param directory the directory of the fake
 */
record CredentialFile(String name, String text, CredentialDirectory directory) {

	Path writeTo(Path target) {
		try {
			return Files.writeString(target, this.text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Unable to write the credential to " + target, ex);
		}
	}

	Path path() {
		return writeTo(this.directory.newFile(this.name));
	}

	// In one step, so that whoever reads sees either the old file or the new one; from
	// beside it, since a move in one step needs the same file system.
	void replace(Path target) {
		try {
			Path beside = writeTo(target.resolveSibling("." + this.name + ".new"));
			Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Unable to replace the credential in " + target, ex);
		}
	}

	// Left alone if it is as it should be, so that nobody finds it changed.
	void restore(Path target) {
		try {
			byte[] content = this.text.getBytes(StandardCharsets.UTF_8);
			if (!Files.isRegularFile(target) || !Arrays.equals(content, Files.readAllBytes(target))) {
				replace(target);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Unable to restore the credential in " + target, ex);
		}
	}

	@Override
	public String toString() {
		return "CredentialFile[" + this.name + "]";
	}

}
