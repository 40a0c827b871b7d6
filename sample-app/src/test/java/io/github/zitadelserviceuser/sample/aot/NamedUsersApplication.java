// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.sample.aot;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Calls as three service users: one without a name, one that was named when it was
 * processed ahead of time, and one that only the run knows.
 */
@EnableAutoConfiguration
@Import(NamedUsersApplication.Caller.class)
public class NamedUsersApplication {

	private static final Log logger = LogFactory.getLog(NamedUsersApplication.class);

	public static void main(String[] args) {
		SpringApplication.run(NamedUsersApplication.class, args).close();
	}

	/**
	 * Says as whom it calls.
	 *
	 * @param acme calls as the user without a name
	 * @param billing calls as the one that is known when this is processed
	 * @param billingWebClient the same, reactive
	 * @param partner calls as one that only the run knows
	 * @param users all of them
	 * @param environment knows where they are at home
	 */
	record Caller(@ServiceUser RestClient acme, @ServiceUser("billing") RestClient billing,
			@ServiceUser("billing") WebClient billingWebClient, @ServiceUser("partner") RestClient partner,
			ServiceUsers users, Environment environment) implements ApplicationRunner {

		@Override
		public void run(ApplicationArguments args) {
			String url = this.environment.getProperty("zitadel.service-user.issuer-uri") + "/oidc/v1/userinfo";
			say("acme", this.acme.get().uri(url).retrieve().body(String.class));
			say("billing", this.billing.get().uri(url).retrieve().body(String.class));
			say("billing, reactive", this.billingWebClient.get().uri(url).retrieve().bodyToMono(String.class).block());
			say("partner", this.partner.get().uri(url).retrieve().body(String.class));
			this.users.names()
				.forEach((name) -> say("user " + name,
						this.users.get(name).restClient().get().uri(url).retrieve().body(String.class)));
		}

		private static void say(String who, Object what) {
			logger.info("Called as " + who + ": " + what);
		}

	}

}
