// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.connection;

import java.util.Base64;
import java.util.Iterator;
import java.util.List;

import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserConnectionDetails;
import io.github.zitadelserviceuser.key.InvalidServiceUserKeyException;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.Container;
import org.testcontainers.containers.GenericContainer;

import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;
import org.springframework.util.StringUtils;

/**
 * Connects to a container of ZITADEL's image, or one of another image that
 * {@code @ServiceConnection("zitadel")} names. The service user is the one that ZITADEL
 * makes when it sets up its first instance, and a label of the container says where in it
 * the key of a named one is. Keys are read from the container and are written nowhere.
 */
final class ZitadelContainerConnectionDetailsFactory
		extends ContainerConnectionDetailsFactory<Container<?>, ZitadelServiceUserConnectionDetails> {

	private static final String KEY_PATH = "ZITADEL_FIRSTINSTANCE_MACHINEKEYPATH";

	ZitadelContainerConnectionDetailsFactory() {
		super(List.of("zitadel", "zitadel/zitadel"));
	}

	@Override
	protected ZitadelServiceUserConnectionDetails getContainerConnectionDetails(
			ContainerConnectionSource<Container<?>> source) {
		return new Details(source);
	}

	private static final class Details extends ContainerConnectionDetails<Container<?>>
			implements ZitadelServiceUserConnectionDetails {

		Details(ContainerConnectionSource<Container<?>> source) {
			super(source);
		}

		@Override
		public String getIssuerUri() {
			return address().issuerUri();
		}

		@Override
		public @Nullable String getBaseUrl() {
			return address().baseUrl();
		}

		@Override
		public String getKeyLocation() {
			Container<?> container = getContainer();
			String path = container.getEnvMap().get(KEY_PATH);
			if (!StringUtils.hasText(path)) {
				throw new InvalidServiceUserKeyException("the ZITADEL container", null,
						"it has no variable " + KEY_PATH,
						"Let ZITADEL make a service user when it sets up its first instance: set " + KEY_PATH
								+ " to a path in the container, ZITADEL_FIRSTINSTANCE_ORG_MACHINE_MACHINE_USERNAME and "
								+ "..._NAME, and ZITADEL_FIRSTINSTANCE_ORG_MACHINE_MACHINEKEY_TYPE=1.");
			}
			return base64(read(container, path,
					"ZITADEL writes it once, when it sets up its first instance, if the directory exists and may "
							+ "be written to. Have the container wait until ZITADEL is ready."));
		}

		@Override
		public @Nullable String getKeyLocation(String name) {
			Container<?> container = getContainer();
			String label = KeyLabel.of(name);
			String path = (container instanceof GenericContainer<?> generic) ? generic.getLabels().get(label) : null;
			return StringUtils.hasText(path)
					? base64(read(container, path,
							"The label '" + label + "' names it. Put the key there before the application starts."))
					: null;
		}

		private ContainerAddress address() {
			Container<?> container = getContainer();
			return ContainerAddress.of(container.getEnvMap(), tlsMode(container), container.getHost(),
					container.getMappedPort(ContainerAddress.port(container.getEnvMap())));
		}

		// All that can go wrong is reported alike: which exceptions there are depends on
		// the engine.
		private static byte[] read(Container<?> container, String path, String action) {
			try {
				return container.copyFileFromContainer(path, (file) -> file.readAllBytes());
			}
			catch (RuntimeException ex) {
				throw new InvalidServiceUserKeyException("'" + path + "' of the ZITADEL container", null,
						"it cannot be read: " + ex.getMessage(), action);
			}
		}

		private static String base64(byte[] key) {
			return "base64:" + Base64.getEncoder().encodeToString(key);
		}

		private static @Nullable String tlsMode(Container<?> container) {
			Iterator<String> parts = List.of(container.getCommandParts()).iterator();
			while (parts.hasNext()) {
				String part = parts.next();
				if (part.equals("--tlsMode") && parts.hasNext()) {
					return parts.next();
				}
				if (part.startsWith("--tlsMode=")) {
					return part.substring("--tlsMode=".length());
				}
			}
			return null;
		}

	}

}
