// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.sample.standin;

import java.time.Duration;
import java.util.Map;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.event.ApplicationContextInitializedEvent;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Starts a stand-in for ZITADEL with a service user, a new key and an API that takes its
 * tokens, and sets the properties to them. It does nothing where an issuer is set from
 * outside.
 */
public final class StandIn implements SmartApplicationListener {

	/**
	 * Short enough to watch a whole life. ZITADEL's own default is twelve hours.
	 */
	private static final Duration TOKEN_LIFETIME = Duration.ofSeconds(60);

	/**
	 * The project that the API belongs to.
	 */
	private static final String PROJECT_ID = "300000000000000001";

	private @Nullable FakeZitadel zitadel;

	private @Nullable StandInApi api;

	private @Nullable Trouble trouble;

	@Override
	public boolean supportsEventType(Class<? extends ApplicationEvent> eventType) {
		return ApplicationEnvironmentPreparedEvent.class.isAssignableFrom(eventType)
				|| ApplicationContextInitializedEvent.class.isAssignableFrom(eventType)
				|| ApplicationFailedEvent.class.isAssignableFrom(eventType)
				|| ContextClosedEvent.class.isAssignableFrom(eventType);
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		if (event instanceof ApplicationEnvironmentPreparedEvent prepared) {
			start(prepared.getEnvironment());
		}
		else if (event instanceof ApplicationContextInitializedEvent initialized) {
			register(initialized.getApplicationContext());
		}
		else {
			stop();
		}
	}

	private void start(ConfigurableEnvironment environment) {
		// While the sample is processed ahead of time, nothing is called.
		if (environment.containsProperty("zitadel.service-user.issuer-uri")
				|| environment.getProperty(AbstractAotProcessor.AOT_PROCESSING, Boolean.class, false)) {
			return;
		}
		FakeZitadel zitadel = FakeZitadel.start();
		Duration lifetime = Binder.get(environment)
			.bind("sample.token-lifetime", Duration.class)
			.orElse(TOKEN_LIFETIME);
		zitadel.tokenLifetime(lifetime);
		StandInApi api = StandInApi.start(zitadel, lifetime);
		this.zitadel = zitadel;
		this.api = api;
		this.trouble = new Trouble(zitadel, api);
		environment.getPropertySources()
			.addFirst(new MapPropertySource("stand-in for ZITADEL",
					Map.of("zitadel.service-user.issuer-uri", zitadel.issuer(), "zitadel.service-user.key-location",
							zitadel.serviceUser().keyFile().toUri().toString(), "zitadel.service-user.allowed-hosts",
							api.authority(), "zitadel.service-user.project-ids", PROJECT_ID, "sample.api", api.url(),
							"sample.interval", "200ms", "server.address", "localhost")));
	}

	private void register(ConfigurableApplicationContext context) {
		if (this.zitadel != null && this.trouble != null) {
			context.getBeanFactory().registerSingleton("standIn", this.zitadel);
			context.getBeanFactory().registerSingleton("trouble", this.trouble);
		}
	}

	private void stop() {
		if (this.api != null) {
			this.api.close();
		}
		if (this.zitadel != null) {
			this.zitadel.close();
		}
	}

}
