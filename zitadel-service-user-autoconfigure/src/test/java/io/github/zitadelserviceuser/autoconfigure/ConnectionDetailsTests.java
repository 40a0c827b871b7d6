// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.time.Duration;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.RefreshPolicy;
import io.github.zitadelserviceuser.token.TokenSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A connection that does not come from the properties, and a policy that does not either.
 */
class ConnectionDetailsTests {

	private final FakeZitadel zitadel = FakeZitadel.start();

	@AfterEach
	void close() {
		this.zitadel.close();
	}

	@Test
	void connectionDetailsWhenTheyAreABeanThenTakeThePlaceOfTheProperties() {
		Contexts.unconfigured()
			.withPropertyValues("zitadel.service-user.issuer-uri=https://other.example.com",
					"zitadel.service-user.base-url=http://elsewhere.example.com",
					"zitadel.service-user.key-location=/no/such/file",
					"zitadel.service-user.private-key-location=/no/such/file", "zitadel.service-user.project-ids=4711")
			.withBean(ZitadelServiceUserConnectionDetails.class, () -> new Connection(this.zitadel))
			.run((context) -> {
				assertThat(context).hasSingleBean(ZitadelServiceUserConnectionDetails.class);
				assertThat(this.zitadel.isValid(context.getBean(TokenSource.class).await().value())).isTrue();
				assertThat(this.zitadel.tokenRequests().get(0).requestedScopes())
					.contains("urn:zitadel:iam:org:project:id:4711:aud");
			});
	}

	@Test
	void refreshPolicyWhenItIsABeanThenIsUsed() {
		RefreshPolicy policy = RefreshPolicy.defaults().withShortestHold(Duration.ZERO);
		Contexts.unconfigured()
			.withPropertyValues(Contexts.properties(this.zitadel))
			.withBean(RefreshPolicy.class, () -> policy)
			.run((context) -> {
				assertThat(context.getBean(RefreshPolicy.class)).isSameAs(policy);
				TokenSource source = context.getBean(TokenSource.class);
				assertThat(source.reject(source.await()).get()).isNotNull();
				assertThat(this.zitadel.issuedTokens()).hasSize(2);
			});
	}

	record Connection(FakeZitadel zitadel) implements ZitadelServiceUserConnectionDetails {

		@Override
		public String getIssuerUri() {
			return this.zitadel.issuer();
		}

		@Override
		public String getKeyLocation() {
			return this.zitadel.serviceUser().keyFile().toString();
		}

	}

}
