// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.service;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.github.zitadelserviceuser.ServiceUser;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils.MethodFilter;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.invoker.HttpRequestValues;
import org.springframework.web.service.registry.HttpServiceGroup;

/**
 * Those methods of a group of HTTP services that are called as the service user, by their
 * annotation or their type's. Their requests are marked, so that the client which all
 * services of a group share can tell them from the others.
 */
final class ServiceUserMethods implements HttpRequestValues.Processor {

	private static final String MARK = ServiceUser.class.getName() + ".MARK";

	private final Set<Method> methods;

	private ServiceUserMethods(Set<Method> methods) {
		this.methods = methods;
	}

	static ServiceUserMethods of(HttpServiceGroup group) {
		Map<Method, Class<?>> authorized = new HashMap<>();
		Map<Method, Class<?>> others = new HashMap<>();
		for (Class<?> service : group.httpServiceTypes()) {
			boolean annotated = AnnotatedElementUtils.hasAnnotation(service, ServiceUser.class);
			for (Method method : exchangeMethods(service)) {
				boolean isAuthorized = annotated || AnnotatedElementUtils.hasAnnotation(method, ServiceUser.class);
				(isAuthorized ? authorized : others).put(method, service);
			}
		}
		authorized.forEach((method, service) -> {
			Class<?> other = others.get(method);
			if (other != null) {
				throw new IllegalStateException(ambiguous(group.name(), method, service, other));
			}
		});
		return new ServiceUserMethods(new HashSet<>(authorized.keySet()));
	}

	static boolean isMarked(Map<String, Object> attributes) {
		return attributes.containsKey(MARK);
	}

	boolean isEmpty() {
		return this.methods.isEmpty();
	}

	@Override
	public void process(Method method, MethodParameter[] parameters, @Nullable Object[] arguments,
			HttpRequestValues.Builder builder) {
		if (this.methods.contains(method)) {
			builder.addAttribute(MARK, true);
		}
	}

	// As the factory of the proxies selects them, so that the methods are the same.
	private static Set<Method> exchangeMethods(Class<?> service) {
		return MethodIntrospector.selectMethods(service,
				(MethodFilter) (method) -> AnnotatedElementUtils.hasAnnotation(method, HttpExchange.class));
	}

	// A request knows its method, but not by which of the interfaces that inherit the
	// method it was called.
	private static String ambiguous(String group, Method method, Class<?> authorized, Class<?> other) {
		return "It cannot be told whether a call of " + method.getDeclaringClass().getName() + "." + method.getName()
				+ " in the HTTP service group '" + group + "' is made as the service user: " + authorized.getName()
				+ " inherits it and is annotated with @ServiceUser, " + other.getName()
				+ " inherits it and is not. Put the two into different groups, or annotate both or the method";
	}

}
