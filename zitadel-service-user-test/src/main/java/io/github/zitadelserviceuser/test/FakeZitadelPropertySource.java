// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserConnectionDetails;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * The properties of the connection to a fake, for code that reads them. The fake is
 * started when the first of them is read.
 */
final class FakeZitadelPropertySource extends EnumerablePropertySource<BeanFactory> {

	private static final String ISSUER_URI = "zitadel.service-user.issuer-uri";

	private static final String KEY_LOCATION = "zitadel.service-user.key-location";

	FakeZitadelPropertySource(BeanFactory beanFactory) {
		super("fakeZitadel", beanFactory);
	}

	@Override
	public String[] getPropertyNames() {
		return new String[] { ISSUER_URI, KEY_LOCATION };
	}

	@Override
	public @Nullable Object getProperty(String name) {
		return switch (name) {
			case ISSUER_URI -> connection().getIssuerUri();
			case KEY_LOCATION -> connection().getKeyLocation();
			default -> null;
		};
	}

	private ZitadelServiceUserConnectionDetails connection() {
		return new FakeZitadelConnectionDetails(getSource().getBean(FakeZitadelBeans.FAKE, FakeZitadel.class));
	}

}
