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

package io.github.zitadelserviceuser.integration.ways;

import io.github.zitadelserviceuser.ServiceUser;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;

@Component
final class WebClientGreeter implements Greeter {

	private final WebClient webClient;

	private final String url;

	WebClientGreeter(@ServiceUser WebClient webClient, @Value("${greeting.url}") String url) {
		this.webClient = webClient;
		this.url = url;
	}

	Mono<String> greeting() {
		return this.webClient.get().uri(this.url).retrieve().bodyToMono(String.class);
	}

	@Override
	public @Nullable String greet() {
		return greeting().block();
	}

}
