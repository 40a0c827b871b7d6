// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.sample;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What ZITADEL says of the service user.
 *
 * @param sub the id
 * @param name the display name
 * @param preferredUsername the user name
 */
record UserInfo(String sub, String name, @JsonProperty("preferred_username") String preferredUsername) {
}
