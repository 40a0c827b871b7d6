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

package io.github.zitadelserviceuser.security;

import org.springframework.security.oauth2.core.AuthorizationGrantType;

/**
 * The grant type by which a client registration says that the service user calls.
 *
 * @since 0.1.0
 */
public final class ServiceUserGrantType {

	/**
	 * A name of our own. With the standard one for JWT bearer, a provider of the
	 * application for that grant would take the registration for its own and exchange the
	 * JWT of the end user.
	 */
	public static final AuthorizationGrantType SERVICE_USER = new AuthorizationGrantType(
			"urn:zitadelserviceuser:grant-type:service-user");

	private ServiceUserGrantType() {
	}

}
