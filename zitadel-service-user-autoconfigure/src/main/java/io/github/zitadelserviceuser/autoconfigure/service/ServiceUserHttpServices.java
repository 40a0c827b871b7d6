// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.service;

import java.util.Map;
import java.util.Set;

import io.github.zitadelserviceuser.user.ServiceUserClient;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.service.registry.HttpServiceGroup;
import org.springframework.web.service.registry.HttpServiceProxyRegistry;

/**
 * Which HTTP services call out as the service user: the groups that a property names, and
 * what is annotated.
 */
final class ServiceUserHttpServices implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(ServiceUserHttpServices.class);

	private final Map<String, String> users;

	private final ObjectProvider<HttpServiceProxyRegistry> registry;

	/**
	 * Create a new instance.
	 * @param users the users that whole groups call out as, by the name of the group
	 * @param registry knows the groups that there are
	 */
	ServiceUserHttpServices(Map<String, String> users, ObjectProvider<HttpServiceProxyRegistry> registry) {
		this.users = users;
		this.registry = registry;
	}

	/**
	 * Return as whom all services of a group call out.
	 * @param group the group
	 * @return the name of the user, or {@code null} if their annotations decide
	 */
	@Nullable String userOf(HttpServiceGroup group) {
		return this.users.get(group.name());
	}

	// A name that is written wrong would mean calls without a token, and an answer that
	// does not say why.
	@Override
	public void afterSingletonsInstantiated() {
		if (!this.users.isEmpty()) {
			this.registry.ifUnique((present) -> warnOfUnknown(present.getGroupNames()));
		}
	}

	private void warnOfUnknown(Set<String> present) {
		this.users.forEach((group, user) -> {
			if (!present.contains(group)) {
				logger.warn("The property '" + ServiceUserClient.propertyPrefix(user)
						+ ".http-service-groups' names the group '" + group
						+ "', and the application has none of that name. Its HTTP service groups are " + present);
			}
		});
	}

}
