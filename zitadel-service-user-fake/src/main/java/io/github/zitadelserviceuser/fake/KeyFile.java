// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

/**
 * A key file as a user of ZITADEL would hold it. Contains a private key, which
 * {@link #toString()} leaves out.
 *
 * @since 0.1.0
 */
public final class KeyFile {

	private final String keyId;

	private final CredentialFile file;

	KeyFile(String keyId, String json, CredentialDirectory directory) {
		this.keyId = keyId;
		this.file = new CredentialFile(keyId + ".json", json, directory);
	}

	/**
	 * Return the text of the file.
	 * @return a JSON object
	 */
	public String json() {
		return this.file.text();
	}

	/**
	 * Return the file as ZITADEL's API returns it.
	 * @return {@link #json()} in base64
	 */
	public String base64() {
		return Base64.getEncoder().encodeToString(json().getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Writes the file, replacing what is there.
	 * @param target the file to write
	 * @return the same path
	 */
	public Path writeTo(Path target) {
		return this.file.writeTo(target);
	}

	/**
	 * Writes the file to a directory of the fake, which is deleted when the fake is
	 * closed.
	 * @return the path of the file
	 */
	public Path path() {
		return this.file.path();
	}

	void replace(Path target) {
		this.file.replace(target);
	}

	void restore(Path target) {
		this.file.restore(target);
	}

	@Override
	public String toString() {
		return "KeyFile[keyId=" + this.keyId + "]";
	}

}
