// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.service;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils.MethodFilter;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.invoker.HttpRequestValues;
import org.springframework.web.service.registry.HttpServiceGroup;

/**
 * Those methods of a group of HTTP services that are called as a service user, by their
 * annotation or their type's. Their requests are marked with its name, so that the client
 * which all services of a group share can tell them from the others.
 */
final class ServiceUserMethods implements HttpRequestValues.Processor {

	private static final String MARK = ServiceUser.class.getName() + ".MARK";

	private final Map<Method, String> users;

	private ServiceUserMethods(Map<Method, String> users) {
		this.users = users;
	}

	static ServiceUserMethods of(HttpServiceGroup group) {
		Map<Method, String> users = new HashMap<>();
		Map<Method, Class<?>> services = new HashMap<>();
		for (Class<?> service : group.httpServiceTypes()) {
			for (Method method : exchangeMethods(service)) {
				String user = userOf(service, method);
				Class<?> other = services.putIfAbsent(method, service);
				if (other != null && !user.equals(users.get(method))) {
					throw new IllegalStateException(ambiguous(group.name(), method, service, other));
				}
				users.put(method, user);
			}
		}
		users.values().removeIf(String::isEmpty);
		return new ServiceUserMethods(Map.copyOf(users));
	}

	/**
	 * Return as whom a request is sent.
	 * @param attributes the attributes of the request
	 * @return the name of the user, or {@code null} if it is sent as nobody
	 */
	static @Nullable String userOf(Map<String, Object> attributes) {
		return (String) attributes.get(MARK);
	}

	/**
	 * Return what authorizes the requests of each user that there is.
	 * @param authorization makes it, by the name of a user
	 * @param <T> the type of what authorizes
	 * @return all of them by the names of the users
	 */
	<T> Map<String, T> byUser(Function<String, ? extends T> authorization) {
		Map<String, T> byUser = new HashMap<>();
		this.users.values().forEach((user) -> byUser.computeIfAbsent(user, authorization));
		return byUser;
	}

	boolean isEmpty() {
		return this.users.isEmpty();
	}

	@Override
	public void process(Method method, MethodParameter[] parameters, @Nullable Object[] arguments,
			HttpRequestValues.Builder builder) {
		String user = this.users.get(method);
		if (user != null) {
			builder.addAttribute(MARK, user);
		}
	}

	// The method knows better than its type.
	private static String userOf(Class<?> service, Method method) {
		ServiceUser annotation = AnnotatedElementUtils.findMergedAnnotation(method, ServiceUser.class);
		if (annotation == null) {
			annotation = AnnotatedElementUtils.findMergedAnnotation(service, ServiceUser.class);
		}
		if (annotation == null) {
			return "";
		}
		return annotation.value().isEmpty() ? ServiceUserClient.DEFAULT_NAME : annotation.value();
	}

	// As the factory of the proxies selects them, so that the methods are the same.
	private static Set<Method> exchangeMethods(Class<?> service) {
		return MethodIntrospector.selectMethods(service,
				(MethodFilter) (method) -> AnnotatedElementUtils.hasAnnotation(method, HttpExchange.class));
	}

	// A request knows its method, but not by which of the interfaces that inherit the
	// method it was called.
	private static String ambiguous(String group, Method method, Class<?> service, Class<?> other) {
		return "It cannot be told as which service user, if any, a call of " + method.getDeclaringClass().getName()
				+ "." + method.getName() + " in the HTTP service group '" + group + "' is made: " + service.getName()
				+ " and " + other.getName() + " both inherit it, and are not annotated alike with @ServiceUser. Put "
				+ "the two into different groups, or annotate both alike or the method";
	}

}
