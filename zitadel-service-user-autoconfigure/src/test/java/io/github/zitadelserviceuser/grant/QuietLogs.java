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

package io.github.zitadelserviceuser.grant;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps quiet those that log whole requests, assertions included.
 */
final class QuietLogs {

	private QuietLogs() {
	}

	static void quieten() {
		for (String name : List.of("org.apache.hc", "org.eclipse.jetty", "org.wiremock", "wiremock", "WireMock")) {
			((Logger) LoggerFactory.getLogger(name)).setLevel(Level.WARN);
		}
	}

}
