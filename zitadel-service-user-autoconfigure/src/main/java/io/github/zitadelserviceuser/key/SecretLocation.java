// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

/**
 * Where a secret is: reads the bytes that are there, no more than a key can have, and
 * refuses with a description of the place that holds nothing secret.
 */
final class SecretLocation {

	private static final Logger LOGGER = System.getLogger(SecretLocation.class.getName());

	private static final int LIMIT = 64 * 1024;

	private static final Set<String> REMOTE = Set.of("http", "https", "ftp");

	private final CredentialKind kind;

	private final String prefix;

	private final String property;

	private final String value;

	private final ResourceLoader resourceLoader;

	private final AtomicBoolean warned = new AtomicBoolean();

	SecretLocation(CredentialKind kind, String prefix, String name, String value, ResourceLoader resourceLoader) {
		this.kind = kind;
		this.prefix = prefix;
		this.property = prefix + "." + name;
		this.value = value.strip();
		this.resourceLoader = resourceLoader;
	}

	String property() {
		return this.property;
	}

	String property(String name) {
		return this.prefix + "." + name;
	}

	InvalidCredentialException refuse(@Nullable String field, String found, String action) {
		return this.kind.refuse(toString(), field, found, action);
	}

	byte[] read() {
		if (this.value.isEmpty()) {
			throw refuse(this.property, "the property is empty",
					"Set '" + this.property + "' to the path of the " + this.kind.file() + ".");
		}
		String scheme = SafeLocation.scheme(this.value);
		byte[] bytes = "base64".equals(scheme) ? decode(this.value.substring("base64:".length())) : load(scheme);
		if (bytes.length > LIMIT) {
			throw refuse(null, "the content is larger than 64 KiB", "A " + this.kind.noun() + " is shorter: point '"
					+ this.property + "' to the " + this.kind.file() + ".");
		}
		return bytes;
	}

	/**
	 * Return when the secret came here: when the file was written, which for a mounted
	 * secret is when it was mounted or changed, or when the process got its properties.
	 * @return the time, or {@code null} if it cannot be told
	 */
	@Nullable Instant writtenAt() {
		String scheme = SafeLocation.scheme(this.value);
		if ("base64".equals(scheme)) {
			return ProcessHandle.current().info().startInstant().orElse(null);
		}
		try {
			Path path = path(scheme);
			return (path != null) ? Files.getLastModifiedTime(path).toInstant() : null;
		}
		catch (IOException | RuntimeException ex) {
			return null;
		}
	}

	private byte[] decode(String encoded) {
		if (KeyText.isJson(encoded.strip()) || KeyText.isPem(encoded)) {
			throw refuse(this.property, "what follows 'base64:' is the content itself",
					"Encode it first, for example with 'base64 -w0 FILE', and put the result after 'base64:'.");
		}
		byte[] bytes = LenientBase64.decode(encoded);
		if (bytes == null) {
			throw refuse(this.property, "what follows 'base64:' is not Base64 or was cut off",
					"Encode the whole " + this.kind.file() + " again, for example with 'base64 -w0 FILE'.");
		}
		return bytes;
	}

	private byte[] load(@Nullable String scheme) {
		if (scheme != null && REMOTE.contains(scheme)) {
			throw refuse(this.property,
					"the location is a network address, from which no " + this.kind.noun() + " is fetched",
					"Set '" + this.property + "' to the path of a file on this machine.");
		}
		Path path = path(scheme);
		if (SafeLocation.isContent(this.value) && (path == null || !Files.exists(path))) {
			throw refuse(this.property,
					"the property holds what looks like the " + this.kind.noun()
							+ ((this.kind == CredentialKind.KEY) ? " or a token" : "")
							+ " itself, not the place where the " + this.kind.noun() + " is",
					"Put the content in a file and set '" + this.property + "' to its path, or put 'base64:' followed "
							+ "by the Base64 of the whole file there.");
		}
		if (path == null) {
			return load(this.resourceLoader.getResource(this.value), "there is nothing at this location");
		}
		if (Files.isDirectory(path)) {
			throw refuse(this.property, "there is a directory, not a file",
					"Add the name of the file. A container runtime makes a directory where the file to mount is missing.");
		}
		if (Files.exists(path) && !Files.isRegularFile(path)) {
			throw refuse(this.property, "there is a pipe or a device, not a file",
					"The " + this.kind.noun() + " is read again and again: put it in a regular file.");
		}
		byte[] bytes = load(new FileSystemResource(path), "there is no such file"
				+ (path.isAbsolute() ? "" : ", looking from '" + Path.of("").toAbsolutePath() + "'"));
		if (SecretFileAccess.isOpenToEverybody(path) && this.warned.compareAndSet(false, true)) {
			LOGGER.log(Level.WARNING,
					"Every user of this machine can read the " + this.kind.noun() + " of the ZITADEL service user in "
							+ this + ". Let its owner alone read it, for example by 'chmod 600 FILE'");
		}
		return bytes;
	}

	private @Nullable Path path(@Nullable String scheme) {
		try {
			if (scheme == null) {
				return Path.of(this.value);
			}
			return scheme.equals("file") ? this.resourceLoader.getResource(this.value).getFile().toPath() : null;
		}
		catch (IOException | IllegalArgumentException ex) {
			throw refuse(this.property, "the value is no path of a file",
					"Set '" + this.property + "' to the path of the " + this.kind.file() + ".");
		}
	}

	private byte[] load(Resource resource, String notFound) {
		try (InputStream stream = resource.getInputStream()) {
			return stream.readNBytes(LIMIT + 1);
		}
		catch (FileNotFoundException | NoSuchFileException ex) {
			throw refuse(this.property, notFound,
					"Correct '" + this.property + "' ('~' and wildcards are not expanded), or put the "
							+ this.kind.noun() + " where it points to.");
		}
		catch (AccessDeniedException ex) {
			throw refuse(this.property, "this process is not allowed to read it",
					"Allow the user '" + System.getProperty("user.name") + "' to read it.");
		}
		catch (IOException | RuntimeException ex) {
			throw refuse(this.property, "reading it failed with " + ex.getClass().getName(),
					"Check that '" + this.property + "' points to a readable " + this.kind.file() + ".");
		}
	}

	@Override
	public String toString() {
		return SafeLocation.describe(this.property, this.value);
	}

}
