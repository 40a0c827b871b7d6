// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.github.zitadelserviceuser.fake.FakePersonalAccessToken;
import io.github.zitadelserviceuser.fake.FakeServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.util.StringUtils;

/**
 * The properties of the connection to a fake, for code that reads them, and of
 * credentials other than a key file, which the connection itself brings along. The fake
 * is started when the first of them is read. A named user has those that the application
 * has for it: one of ours alone would make it another kind of user.
 */
final class FakeZitadelPropertySource extends EnumerablePropertySource<BeanFactory> {

	private final Map<String, FakePersonalAccessToken> tokens = new ConcurrentHashMap<>();

	private volatile Map<String, Function<FakeZitadel, String>> properties = Map.of();

	FakeZitadelPropertySource(BeanFactory beanFactory) {
		super("fakeZitadel", beanFactory);
	}

	void describe(ConfiguredNames configured) {
		Map<String, Function<FakeZitadel, String>> properties = new LinkedHashMap<>();
		properties.put("zitadel.service-user.issuer-uri", FakeZitadel::issuer);
		if (!configured.areOfNamedUsersOnly()) {
			addCredential(ServiceUserClient.DEFAULT_NAME, configured, properties);
		}
		configured.usersWith("issuer-uri")
			.forEach((user) -> properties.put(ServiceUserClient.propertyPrefix(user) + ".issuer-uri",
					FakeZitadel::issuer));
		configured.usersWithCredential().forEach((user) -> addCredential(user, configured, properties));
		this.properties = properties;
	}

	// From files, so that a test can rotate what is there.
	private void addCredential(String user, ConfiguredNames configured,
			Map<String, Function<FakeZitadel, String>> properties) {
		String prefix = ServiceUserClient.propertyPrefix(user) + ".";
		configured.credentialsOf(user).forEach((credential) -> properties.put(prefix + credential, (zitadel) -> ""));
		if (configured.hasKeyFile(user)) {
			properties.put(prefix + "key-location", (zitadel) -> keyLocation(zitadel, user));
			return;
		}
		switch (String.valueOf(configured.credentialOf(user))) {
			case "private-key-location" -> {
				properties.put(prefix + "user-id", (zitadel) -> user(zitadel, user).key().userId());
				properties.put(prefix + "key-id", (zitadel) -> user(zitadel, user).key().keyId());
				properties.put(prefix + "private-key-location",
						(zitadel) -> "base64:" + base64(user(zitadel, user).key().pkcs8Pem()));
			}
			case "client-secret", "client-secret-location" -> {
				properties.put(prefix + "client-id", (zitadel) -> user(zitadel, user).userName());
				properties.put(prefix + "client-secret-location",
						(zitadel) -> location(user(zitadel, user).secretFile()));
			}
			default ->
				properties.put(prefix + "personal-access-token-location",
						(zitadel) -> location(this.tokens
							.computeIfAbsent(user, (name) -> user(zitadel, name).createPersonalAccessToken())
							.file()));
		}
	}

	static String keyLocation(FakeZitadel zitadel, String user) {
		return location(user(zitadel, user).keyFile());
	}

	@Override
	public String[] getPropertyNames() {
		return StringUtils.toStringArray(this.properties.keySet());
	}

	@Override
	public @Nullable Object getProperty(String name) {
		Function<FakeZitadel, String> property = this.properties.get(name);
		return (property != null) ? property.apply(getSource().getBean(FakeZitadelBeans.FAKE, FakeZitadel.class))
				: null;
	}

	private static FakeServiceUser user(FakeZitadel zitadel, String name) {
		return name.equals(ServiceUserClient.DEFAULT_NAME) ? zitadel.serviceUser() : zitadel.serviceUser(name);
	}

	private static String location(Path file) {
		return file.toUri().toString();
	}

	private static String base64(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

}
