// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration properties of service users that have a name.
 *
 * @param serviceUsers Further service users by name, of lower case letters, digits and
 * hyphens. Each has the properties of 'zitadel.service-user'.
 * @since 0.1.0
 */
@ConfigurationProperties(ZitadelServiceUsersProperties.PREFIX)
public record ZitadelServiceUsersProperties(@DefaultValue Map<String, ZitadelServiceUserProperties> serviceUsers) {

	static final String PREFIX = "zitadel";

}
