// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.time.Duration;

import io.github.zitadelserviceuser.key.ServiceUserKey;

/**
 * What an assertion is made of, apart from the time. Two that are equal are accepted or
 * refused alike.
 *
 * @param key the key, with the {@code iss}, {@code sub} and {@code kid} that are sent
 * @param metadata the {@code aud} that is sent, and where it is sent
 * @param correction what is added to the clock here
 */
record AssertionInputs(ServiceUserKey key, ServerMetadata metadata, Duration correction) {
}
