// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.util.Set;
import java.util.function.Consumer;

/**
 * The service users of an application by name: those that its properties describe, and
 * those that it makes while it runs, one for each tenant for instance.
 *
 * <pre class="code">
 * ServiceUserClient tenant = serviceUsers.create("tenant-4711", (user) -&gt; user
 * 	.issuerUri("https://tenant.example.com")
 * 	.keyLocation(location)
 * 	.allowedHosts("api.tenant.example.com"));
 * </pre>
 *
 * Users share threads, connections and discovery, and nothing that one of them could
 * learn or suffer from another: neither tokens and credentials nor failures and pauses.
 * Instances are safe for use by several threads.
 *
 * @since 0.1.0
 */
public interface ServiceUsers extends Iterable<ServiceUserClient> {

	/**
	 * Return a user.
	 * @param name its name, {@value ServiceUserClient#DEFAULT_NAME} for the one that
	 * needs none
	 * @return the user
	 * @throws NoSuchServiceUserException if there is none of that name
	 */
	ServiceUserClient get(String name);

	/**
	 * Return the names of all users that there are now.
	 * @return the names, in alphabetical order
	 */
	Set<String> names();

	/**
	 * Make a user that the properties do not know. It shares what the others do, takes
	 * from {@code zitadel.service-user} how ZITADEL is reached unless it says otherwise,
	 * and is there for {@link #get} until it is closed: by its
	 * {@link ServiceUserClient#close()} or together with the application.
	 * @param name its name
	 * @param user says what the user is to be
	 * @return the new user
	 * @throws IllegalStateException if there is one of that name
	 */
	ServiceUserClient create(String name, Consumer<ServiceUserClientBuilder> user);

}
