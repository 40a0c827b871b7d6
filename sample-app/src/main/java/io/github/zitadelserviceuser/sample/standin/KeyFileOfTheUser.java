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

package io.github.zitadelserviceuser.sample.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import io.github.zitadelserviceuser.fake.FakeServiceUser;
import io.github.zitadelserviceuser.fake.FakeServiceUserKey;

/**
 * The key file of the service user, where the application looks for it, and its rotation
 * as an administrator does it.
 */
final class KeyFileOfTheUser {

	private final FakeServiceUser user;

	private final Path path;

	private FakeServiceUserKey key;

	KeyFileOfTheUser(FakeServiceUser user) {
		this.user = user;
		this.key = user.key();
		this.path = this.key.keyFile();
	}

	Path path() {
		return this.path;
	}

	/**
	 * Create a key, put it in the place of the one before in one step, so that nobody
	 * reads half of it, and delete the old one.
	 */
	synchronized void rotate() {
		FakeServiceUserKey next = this.user.createKey();
		try {
			Files.move(next.keyFile(), this.path, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.key.delete();
		this.key = next;
	}

}
