// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Base64;

/**
 * A key file as a user of ZITADEL would hold it. Contains a private key, which
 * {@link #toString()} leaves out.
 *
 * @since 0.1.0
 */
public final class KeyFile {

	private final String keyId;

	private final String json;

	private final KeyFileDirectory directory;

	KeyFile(String keyId, String json, KeyFileDirectory directory) {
		this.keyId = keyId;
		this.json = json;
		this.directory = directory;
	}

	/**
	 * Return the text of the file.
	 * @return a JSON object
	 */
	public String json() {
		return this.json;
	}

	/**
	 * Return the file as ZITADEL's API returns it.
	 * @return {@link #json()} in base64
	 */
	public String base64() {
		return Base64.getEncoder().encodeToString(this.json.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Writes the file, replacing what is there.
	 * @param target the file to write
	 * @return the same path
	 */
	public Path writeTo(Path target) {
		try {
			return Files.writeString(target, this.json);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Unable to write the key file " + target, ex);
		}
	}

	/**
	 * Writes the file to a directory of the fake, which is deleted when the fake is
	 * closed.
	 * @return the path of the file
	 */
	public Path path() {
		return writeTo(this.directory.newFile(this.keyId));
	}

	// In one step, so that whoever reads sees either the old file or the new one.
	void replace(Path target) {
		try {
			Files.move(path(), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Unable to replace the key file " + target, ex);
		}
	}

	// Left alone if it is as it should be, so that nobody finds it changed.
	void restore(Path target) {
		try {
			byte[] content = this.json.getBytes(StandardCharsets.UTF_8);
			if (!Files.isRegularFile(target) || !Arrays.equals(content, Files.readAllBytes(target))) {
				replace(target);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Unable to restore the key file " + target, ex);
		}
	}

	@Override
	public String toString() {
		return "KeyFile[keyId=" + this.keyId + "]";
	}

}
