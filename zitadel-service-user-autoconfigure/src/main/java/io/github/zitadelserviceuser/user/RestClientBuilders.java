// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * Builders of clients whose request factory is authorized, whichever is set on them. A
 * builder does not tell which it has, so that it cannot be done at the end. A proxy,
 * since the interface grows with each version of Spring.
 */
final class RestClientBuilders {

	private RestClientBuilders() {
	}

	/**
	 * Return another face of a builder.
	 * @param builder the builder
	 * @param authorizing is given each request factory that is set
	 * @return what changes that builder
	 */
	static RestClient.Builder authorizing(RestClient.Builder builder,
			UnaryOperator<ClientHttpRequestFactory> authorizing) {
		return (RestClient.Builder) Proxy.newProxyInstance(RestClient.Builder.class.getClassLoader(),
				new Class<?>[] { RestClient.Builder.class }, new Authorizing(builder, authorizing));
	}

	private record Authorizing(RestClient.Builder builder,
			UnaryOperator<ClientHttpRequestFactory> authorizing) implements InvocationHandler {

		@Override
		@SuppressWarnings("ReferenceEquality") // a builder returns itself
		public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
				throws Throwable {
			Object argument = (arguments != null && arguments.length == 1) ? arguments[0] : null;
			if (argument instanceof ClientHttpRequestFactory set && method.getName().equals("requestFactory")) {
				this.builder.requestFactory(this.authorizing.apply(set));
				return proxy;
			}
			if (argument instanceof Consumer<?> consumer && method.getName().equals("apply")) {
				return apply(proxy, consumer);
			}
			try {
				Object result = method.invoke(this.builder, arguments);
				return (result == this.builder) ? proxy : result;
			}
			catch (InvocationTargetException ex) {
				throw ex.getTargetException();
			}
		}

		// With this face, and not with the one behind it.
		@SuppressWarnings("unchecked")
		private static Object apply(Object proxy, Consumer<?> consumer) {
			((Consumer<Object>) consumer).accept(proxy);
			return proxy;
		}

	}

}
