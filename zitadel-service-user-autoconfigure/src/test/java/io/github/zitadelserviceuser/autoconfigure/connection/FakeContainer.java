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

package io.github.zitadelserviceuser.autoconfigure.connection;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ThrowingFunction;

/**
 * A container that needs no engine: in it is a {@link FakeZitadel}, started and stopped
 * with it.
 */
final class FakeContainer extends GenericContainer<FakeContainer> {

	static final String KEY_PATH = "/machinekey/key.json";

	private FakeZitadel zitadel;

	FakeContainer(String image) {
		super(DockerImageName.parse(image));
		withCommand("start-from-init", "--masterkeyFromEnv", "--tlsMode", "disabled");
	}

	FakeZitadel zitadel() {
		return this.zitadel;
	}

	@Override
	public String getDockerImageName() {
		return "ghcr.io/zitadel/zitadel:v4";
	}

	@Override
	public void start() {
		if (this.zitadel == null) {
			this.zitadel = FakeZitadel.start();
		}
	}

	@Override
	public void stop() {
		if (this.zitadel != null) {
			this.zitadel.close();
		}
	}

	@Override
	public boolean isRunning() {
		return this.zitadel != null;
	}

	@Override
	public String getHost() {
		return "localhost";
	}

	@Override
	public Integer getMappedPort(int originalPort) {
		return this.zitadel.port();
	}

	@Override
	public <T> T copyFileFromContainer(String containerPath, ThrowingFunction<InputStream, T> function) {
		if (!containerPath.equals(KEY_PATH)) {
			throw new IllegalStateException("Could not find the file " + containerPath + " in container");
		}
		String json = this.zitadel.serviceUser().key().json();
		try {
			return function.apply(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
