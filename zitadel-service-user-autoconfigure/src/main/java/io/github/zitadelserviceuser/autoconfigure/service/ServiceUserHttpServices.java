// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.service;

import java.util.List;
import java.util.Set;

import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserProperties;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

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

	private final List<String> groups;

	private final ObjectProvider<HttpServiceProxyRegistry> registry;

	ServiceUserHttpServices(List<String> groups, ObjectProvider<HttpServiceProxyRegistry> registry) {
		this.groups = groups;
		this.registry = registry;
	}

	boolean isWholeGroup(HttpServiceGroup group) {
		return this.groups.contains(group.name());
	}

	// A name that is written wrong would mean calls without a token, and an answer that
	// does not say why.
	@Override
	public void afterSingletonsInstantiated() {
		if (!this.groups.isEmpty()) {
			this.registry.ifUnique((present) -> warnOfUnknown(present.getGroupNames()));
		}
	}

	private void warnOfUnknown(Set<String> present) {
		this.groups.stream()
			.filter((group) -> !present.contains(group))
			.forEach((group) -> logger.warn("The property '" + ZitadelServiceUserProperties.PREFIX
					+ ".http-service-groups' names the group '" + group
					+ "', and the application has none of that name. Its HTTP service groups are " + present));
	}

}
