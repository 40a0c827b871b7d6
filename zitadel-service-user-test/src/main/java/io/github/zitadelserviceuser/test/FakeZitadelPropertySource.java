// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

import io.github.zitadelserviceuser.fake.FakeServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.util.StringUtils;

/**
 * The properties of the connection to a fake, for code that reads them. The fake is
 * started when the first of them is read. A named user has those that the application has
 * for it: one of ours alone would make it another kind of user.
 */
final class FakeZitadelPropertySource extends EnumerablePropertySource<BeanFactory> {

	private final Map<String, Function<FakeZitadel, String>> properties = new LinkedHashMap<>();

	FakeZitadelPropertySource(BeanFactory beanFactory, ConfiguredNames configured) {
		super("fakeZitadel", beanFactory);
		this.properties.put("zitadel.service-user.issuer-uri", FakeZitadel::issuer);
		if (!configured.areOfNamedUsersOnly()) {
			this.properties.put("zitadel.service-user.key-location", (zitadel) -> keyLocation(zitadel.serviceUser()));
		}
		configured.usersWith("issuer-uri")
			.forEach((user) -> this.properties.put("zitadel.service-users." + user + ".issuer-uri",
					FakeZitadel::issuer));
		configured.usersWith("key-location")
			.forEach((user) -> this.properties.put("zitadel.service-users." + user + ".key-location",
					(zitadel) -> keyLocation(zitadel.serviceUser(user))));
	}

	static String keyLocation(FakeServiceUser user) {
		return user.keyFile().toUri().toString();
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

}
