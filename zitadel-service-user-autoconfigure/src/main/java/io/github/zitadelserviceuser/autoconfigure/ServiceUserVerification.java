// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.zitadelserviceuser.grant.UserInfo;
import io.github.zitadelserviceuser.grant.UserInfoEndpoint;
import io.github.zitadelserviceuser.key.CredentialInUse;
import io.github.zitadelserviceuser.key.CredentialKind;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Obtains a token, asks as whom it authenticates, and logs that together with what the
 * token is good for.
 */
final class ServiceUserVerification {

	private static final Log logger = LogFactory.getLog(ServiceUserVerification.class);

	private final ServiceUserClient user;

	ServiceUserVerification(ServiceUserClient user) {
		this.user = user;
	}

	void verify() {
		AccessToken token = step("no access token could be obtained", this.user.tokenSource()::await);
		UserInfoEndpoint userInfo = this.user.userInfoEndpoint();
		String who = (userInfo != null) ? as(step("there is an access token, but userinfo did not say whose it is",
				() -> patient(userInfo).apply(token))) : "";
		logger.info("Authenticated" + who + " at " + this.user.authorizationServer().issuer() + ". " + life(token)
				+ ", and may be sent to " + this.user.allowedHosts());
	}

	private String life(AccessToken token) {
		if (isPersonal()) {
			return "The personal access token has an end that is not known and scopes of its own";
		}
		return "The access token is good for " + Duration.between(token.issuedAt(), token.expiresAt()).toSeconds()
				+ " s, for the scopes " + this.user.scopes() + " as far as ZITADEL grants them";
	}

	private PatientUserInfo patient(UserInfoEndpoint userInfo) {
		return new PatientUserInfo(userInfo::request, this.user.refreshPolicy().tokenTimeout(), !isPersonal(),
				Clock.systemUTC(), System::nanoTime, (time) -> TimeUnit.NANOSECONDS.sleep(time.toNanos()));
	}

	private boolean isPersonal() {
		CredentialInUse credential = this.user.credential();
		return credential != null && credential.kind() == CredentialKind.PERSONAL_ACCESS_TOKEN;
	}

	private static String as(UserInfo user) {
		return " as service user "
				+ ((user.userName() != null) ? "'" + user.userName() + "' (id " + user.userId() + ")" : user.userId());
	}

	private static <T> T step(String failed, Supplier<T> step) {
		try {
			return step.get();
		}
		catch (TokenRequestException ex) {
			throw new ServiceUserVerificationException(failed, ex);
		}
	}

}
