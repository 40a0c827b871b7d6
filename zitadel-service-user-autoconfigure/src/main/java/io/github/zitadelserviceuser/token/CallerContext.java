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

package io.github.zitadelserviceuser.token;

import java.util.function.UnaryOperator;

/**
 * What of a caller goes along with the token request that it waits for, such as its
 * trace. A refresh that nobody waits for belongs to nobody.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CallerContext {

	/**
	 * Capture the context of the calling thread. This is called only where a caller is
	 * about to start a request and to wait for it, returns at once and throws nothing.
	 * What it returns may go unused: another caller may be the faster one to start it.
	 * @return puts a step of the request, which runs on another thread, into that context
	 */
	UnaryOperator<Runnable> capture();

}
