// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

/**
 * Changes service users before they are built: all of the application, whether its
 * properties describe them or it makes them while it runs. Beans of this type are called
 * in their order, after the properties and what else is meant for a user have been
 * applied. Who wants to know from which user an event comes adds a listener here.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ServiceUserCustomizer {

	/**
	 * Change a user.
	 * @param name its name, {@value ServiceUserClient#DEFAULT_NAME} for the one that
	 * needs none
	 * @param user the builder of this user alone
	 */
	void customize(String name, ServiceUserClientBuilder user);

}
