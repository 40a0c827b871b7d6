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

package io.github.zitadelserviceuser.fake;

/**
 * How the server answers a bad assertion. ZITADEL never says which check failed; it has
 * two ways of not saying it.
 *
 * @since 0.1.0
 */
public enum Dialect {

	/**
	 * Status 500, {@code server_error}, {@code Errors.Internal}: up to at least ZITADEL
	 * 4.10. A bad assertion cannot be told from a real internal failure.
	 */
	SERVER_ERROR,

	/**
	 * Status 400, {@code invalid_grant}, {@code invalid assertion}: since the middle of
	 * 2026.
	 */
	INVALID_GRANT

}
