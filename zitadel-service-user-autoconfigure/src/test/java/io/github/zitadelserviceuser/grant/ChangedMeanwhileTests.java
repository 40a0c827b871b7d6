// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.github.zitadelserviceuser.fake.Dialect;
import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeServiceUserKey;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.key.InvalidServiceUserKeyException;
import io.github.zitadelserviceuser.key.KeyReader;
import io.github.zitadelserviceuser.key.ServiceUserKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was signed has changed when the refusal comes: one more request is worth it, and
 * never a third.
 */
class ChangedMeanwhileTests {

	private final Deque<Object> readings = new ArrayDeque<>();

	private FakeZitadel zitadel = FakeZitadel.start();

	@AfterEach
	void close() {
		this.zitadel.close();
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenKeyIsReplacedMeanwhileThenAsksOnceMore(Dialect dialect) {
		start(dialect);
		FakeServiceUserKey old = this.zitadel.serviceUser().createKey();
		old.delete();
		this.readings.add(Grants.key(old));
		this.readings.add(Grants.key(this.zitadel.serviceUser().key()));
		JwtBearerGrant grant = grant();
		Grants.assertToken(this.zitadel, grant);
		assertThat(this.zitadel.tokenEndpoint().requestCount()).isEqualTo(2);
		Grants.assertToken(this.zitadel, grant);
		assertThat(this.zitadel.tokenEndpoint().requestCount()).isEqualTo(3);
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenKeyIsReplacedAgainAndAgainThenAsksTwice(Dialect dialect) {
		start(dialect);
		for (int i = 0; i < 4; i++) {
			FakeServiceUserKey deleted = this.zitadel.serviceUser().createKey();
			deleted.delete();
			this.readings.add(Grants.key(deleted));
		}
		JwtBearerGrant grant = grant();
		Grants.failureOf(grant);
		assertThat(this.zitadel.tokenEndpoint().requestCount()).isEqualTo(2);
		this.readings.clear();
		this.readings.add(Grants.key(this.zitadel.serviceUser().key()));
		Grants.assertToken(this.zitadel, grant);
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenNewKeyCannotBeReadThenThatIsTheSuspect(Dialect dialect) {
		start(dialect);
		FakeServiceUserKey old = this.zitadel.serviceUser().createKey();
		this.readings.add(Grants.key(old));
		this.readings.add(new InvalidServiceUserKeyException("the file", null, "it was cut off", "Copy it again."));
		JwtBearerGrant grant = grant();
		Grants.assertToken(this.zitadel, grant);
		old.delete();
		assertThat(Grants.failureOf(grant))
			.hasMessageStartingWith("ZITADEL gave no token and does not say why, most likely because the key was "
					+ "replaced and the new one cannot be read, so that the one before is still used. No usable service "
					+ "user key in the file: it was cut off. Copy it again.\n")
			.hasMessageContaining("\n- key: " + old.keyId() + ", from a KeyReader of the application; ")
			.hasMessageContaining("\n- new key: cannot be read: it was cut off\n");
		assertThat(this.zitadel.tokenEndpoint().requestCount()).isEqualTo(2);
		this.readings.clear();
		this.readings.add(Grants.key(this.zitadel.serviceUser().key()));
		Grants.assertToken(this.zitadel, grant);
	}

	@ParameterizedTest
	@ValueSource(ints = { 404, 405, 410 })
	void requestWhenTokenEndpointHasMovedThenAsksThereAtOnce(int status) {
		this.readings.add(Grants.key(this.zitadel.serviceUser().key()));
		JwtBearerGrant grant = grant();
		Grants.assertToken(this.zitadel, grant);
		this.zitadel.customizeDiscovery(
				(document) -> document.put("token_endpoint", this.zitadel.issuer() + "/oauth/v2/token?moved"));
		this.zitadel.tokenEndpoint().answerNext(1, FakeAnswer.text(status, "gone"));
		Grants.assertToken(this.zitadel, grant);
		assertThat(this.zitadel.tokenEndpoint().requestCount()).isEqualTo(3);
		assertThat(this.zitadel.discovery().requestCount()).isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenNothingChangedThenAsksOnce(Dialect dialect) {
		start(dialect);
		this.readings.add(Grants.key(this.zitadel.serviceUser().key()));
		JwtBearerGrant grant = grant();
		Grants.assertToken(this.zitadel, grant);
		this.zitadel.tokenEndpoint().answerNext(1, FakeAnswer.internalError());
		Grants.failureOf(grant);
		assertThat(this.zitadel.tokenEndpoint().requestCount()).isEqualTo(2);
		Grants.assertToken(this.zitadel, grant);
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenDiscoveryFailsToAnswerMeanwhileThenTellsOfTheRefusal(Dialect dialect) {
		start(dialect);
		FakeServiceUserKey key = this.zitadel.serviceUser().createKey();
		this.readings.add(Grants.key(key));
		JwtBearerGrant grant = grant();
		Grants.assertToken(this.zitadel, grant);
		key.delete();
		this.zitadel.discovery().answerNext(1, FakeAnswer.badGateway());
		assertThat(Grants.failureOf(grant)).hasMessageContaining("the key " + key.keyId() + " was deleted");
		this.readings.clear();
		this.readings.add(Grants.key(this.zitadel.serviceUser().key()));
		Grants.assertToken(this.zitadel, grant);
	}

	private void start(Dialect dialect) {
		this.zitadel.close();
		this.zitadel = FakeZitadel.builder().dialect(dialect).start();
	}

	private JwtBearerGrant grant() {
		KeyReader reader = () -> {
			Object reading = (this.readings.size() > 1) ? this.readings.remove() : this.readings.element();
			if (reading instanceof InvalidServiceUserKeyException failure) {
				throw failure;
			}
			return (ServiceUserKey) reading;
		};
		return new JwtBearerGrant(AuthorizationServer.of(Grants.PREFIX, this.zitadel.issuer(), null, true),
				Grants.lastGood(reader), List.of("openid"), HttpClientKind.JDK.restClient(), Clock.systemUTC());
	}

}
