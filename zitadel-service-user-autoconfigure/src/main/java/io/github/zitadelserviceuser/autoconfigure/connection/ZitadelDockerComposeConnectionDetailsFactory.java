// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.connection;

import java.io.File;
import java.nio.file.Path;
import java.util.List;

import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserConnectionDetails;
import io.github.zitadelserviceuser.key.InvalidServiceUserKeyException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.docker.compose.core.DockerComposeFile;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.util.StringUtils;

/**
 * Connects to a service of ZITADEL's image in a Compose file. The key file has to be on
 * this machine, in a directory that the service has mounted; a label says where, and
 * another one for each named service user.
 */
final class ZitadelDockerComposeConnectionDetailsFactory
		extends DockerComposeConnectionDetailsFactory<ZitadelServiceUserConnectionDetails> {

	private static final String KEY_LOCATION = "io.github.zitadelserviceuser.key-location";

	private static final String ISSUER_URI = "io.github.zitadelserviceuser.issuer-uri";

	ZitadelDockerComposeConnectionDetailsFactory() {
		super(new String[] { "zitadel", "zitadel/zitadel" });
	}

	@Override
	protected ZitadelServiceUserConnectionDetails getDockerComposeConnectionDetails(
			DockerComposeConnectionSource source) {
		return new Details(source.getRunningService());
	}

	private static final class Details extends DockerComposeConnectionDetails
			implements ZitadelServiceUserConnectionDetails {

		private final RunningService service;

		Details(RunningService service) {
			super(service);
			this.service = service;
		}

		@Override
		public String getIssuerUri() {
			String label = this.service.labels().get(ISSUER_URI);
			return StringUtils.hasText(label) ? label : address().issuerUri();
		}

		@Override
		public @Nullable String getBaseUrl() {
			return StringUtils.hasText(this.service.labels().get(ISSUER_URI)) ? null : address().baseUrl();
		}

		@Override
		public String getKeyLocation() {
			String location = this.service.labels().get(KEY_LOCATION);
			if (!StringUtils.hasText(location)) {
				throw new InvalidServiceUserKeyException("the Compose service '" + this.service.name() + "'", null,
						"it has no label '" + KEY_LOCATION + "'",
						"Mount a directory of this machine, have ZITADEL write the key of its first service user there "
								+ "with ZITADEL_FIRSTINSTANCE_MACHINEKEYPATH, and set the label to the file's path on "
								+ "this machine, relative to the Compose file.");
			}
			return directory().resolve(location).toString();
		}

		@Override
		public @Nullable String getKeyLocation(String name) {
			String location = this.service.labels().get(KeyLabel.of(name));
			return StringUtils.hasText(location) ? directory().resolve(location).toString() : null;
		}

		private ContainerAddress address() {
			return ContainerAddress.of(this.service.env(), null, this.service.host(),
					this.service.ports().get(ContainerAddress.port(this.service.env())));
		}

		private Path directory() {
			DockerComposeFile file = this.service.composeFile();
			List<File> files = (file != null) ? file.getFiles() : List.of();
			Path directory = files.isEmpty() ? null : files.get(0).toPath().getParent();
			return (directory != null) ? directory : Path.of("");
		}

	}

}
