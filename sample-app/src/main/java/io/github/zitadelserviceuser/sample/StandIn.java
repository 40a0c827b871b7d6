/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.zitadelserviceuser.sample;

import java.util.Map;

import io.github.zitadelserviceuser.test.FakeZitadel;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Starts a stand-in for ZITADEL with a service user and a new key, and sets the two
 * properties to it. It does nothing where an issuer is set from outside.
 */
class StandIn implements SmartApplicationListener {

	private @Nullable FakeZitadel zitadel;

	@Override
	public boolean supportsEventType(Class<? extends ApplicationEvent> eventType) {
		return ApplicationEnvironmentPreparedEvent.class.isAssignableFrom(eventType)
				|| ApplicationFailedEvent.class.isAssignableFrom(eventType)
				|| ContextClosedEvent.class.isAssignableFrom(eventType);
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		if (event instanceof ApplicationEnvironmentPreparedEvent prepared) {
			start(prepared.getEnvironment());
		}
		else if (this.zitadel != null) {
			this.zitadel.close();
		}
	}

	private void start(ConfigurableEnvironment environment) {
		if (!environment.containsProperty("zitadel.service-user.issuer-uri")) {
			FakeZitadel started = FakeZitadel.start();
			this.zitadel = started;
			environment.getPropertySources()
				.addFirst(new MapPropertySource("stand-in for ZITADEL",
						Map.of("zitadel.service-user.issuer-uri", started.issuer(), "zitadel.service-user.key-location",
								started.serviceUser().key().keyFile().toUri().toString())));
		}
	}

}
