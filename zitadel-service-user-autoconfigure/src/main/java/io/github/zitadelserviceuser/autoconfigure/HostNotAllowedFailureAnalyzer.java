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

package io.github.zitadelserviceuser.autoconfigure;

import io.github.zitadelserviceuser.client.HostNotAllowedException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a call that is made while the application starts and is refused, since its
 * target may not have the token.
 */
final class HostNotAllowedFailureAnalyzer extends AbstractFailureAnalyzer<HostNotAllowedException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, HostNotAllowedException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"If the target may have the token, allow it in '" + ZitadelServiceUserProperties.PREFIX
						+ ".allowed-hosts' and call it by https. If not, call it with a client that is not "
						+ "authorized, such as one made by a RestClient.Builder or WebClient.Builder.",
				cause);
	}

}
