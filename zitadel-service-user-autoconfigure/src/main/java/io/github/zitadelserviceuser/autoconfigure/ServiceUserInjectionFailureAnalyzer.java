// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.Set;
import java.util.TreeSet;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.user.NoSuchServiceUserException;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Explains an injection point that names a service user which is not configured. It is
 * asked ahead of Boot's own analyzer, which would say that a bean is missing.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ServiceUserInjectionFailureAnalyzer extends AbstractFailureAnalyzer<UnsatisfiedDependencyException> {

	private final Environment environment;

	ServiceUserInjectionFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnsatisfiedDependencyException cause) {
		String name = name(cause);
		if (name == null
				|| !(NestedExceptionUtils.getMostSpecificCause(cause) instanceof NoSuchBeanDefinitionException)) {
			return null;
		}
		if (name.equals(ServiceUserClient.DEFAULT_NAME)) {
			return new FailureAnalysis("@ServiceUser(\"" + name
					+ "\") is asked for, and the service user without a name is injected by the "
					+ "annotation without a value.", "Write @ServiceUser instead.", cause);
		}
		Set<String> names = new TreeSet<>(ServiceUserNames.in(this.environment));
		if (names.contains(name)) {
			return null;
		}
		if (ZitadelServiceUserProperties.CREDENTIALS.stream()
			.anyMatch((credential) -> this.environment
				.containsProperty(ZitadelServiceUserProperties.PREFIX + "." + credential))) {
			names.add(ServiceUserClient.DEFAULT_NAME);
		}
		return new NoSuchServiceUserFailureAnalyzer().analyze(rootFailure, new NoSuchServiceUserException(name, names));
	}

	private static @Nullable String name(UnsatisfiedDependencyException cause) {
		Throwable current = cause;
		String name = null;
		// The innermost one has what was really to be injected.
		while (current != null) {
			if (current instanceof UnsatisfiedDependencyException unsatisfied) {
				InjectionPoint point = unsatisfied.getInjectionPoint();
				ServiceUser annotation = (point != null) ? point.getAnnotation(ServiceUser.class) : null;
				name = (annotation != null && !annotation.value().isEmpty()) ? annotation.value() : null;
			}
			current = current.getCause();
		}
		return name;
	}

}
