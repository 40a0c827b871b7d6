// SPDX-License-Identifier: Apache-2.0

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

	static final String BILLING_KEY_PATH = "/machinekey/billing.json";

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
		String json = switch (containerPath) {
			case KEY_PATH -> this.zitadel.serviceUser().key().json();
			case BILLING_KEY_PATH -> this.zitadel.serviceUser("billing").key().json();
			default -> throw new IllegalStateException("Could not find the file " + containerPath + " in container");
		};
		try {
			return function.apply(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
