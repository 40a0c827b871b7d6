// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;
import org.springframework.web.client.RestClient;

/**
 * What can be seen of a running application, one thing a line. What differs from start to
 * start is left out.
 */
final class Sight {

	private static final Pattern PASSWORD = Pattern.compile("generated security password: (\\S+)");

	private Sight() {
	}

	static List<String> beans(ConfigurableApplicationContext context) {
		List<String> lines = new ArrayList<>();
		Beans.of(context).forEach((name, description) -> {
			BeanDefinition definition = context.getBeanFactory().getBeanDefinition(name);
			lines.add("bean " + name + ": " + description + " by " + definition.getFactoryBeanName());
		});
		return lines;
	}

	static List<String> answers(ConfigurableApplicationContext context, String log) {
		List<String> lines = new ArrayList<>();
		if (context.getEnvironment().getProperty("local.server.port") == null) {
			return lines;
		}
		for (String path : List.of("/hello", "/none", "/login", "/logout", "/oauth2/authorization/zitadel")) {
			lines.add("answer to nobody at " + path + ": " + withoutWhatVaries(Http.get(context, path)));
		}
		Matcher password = PASSWORD.matcher(log);
		if (password.find()) {
			String credentials = Base64.getEncoder().encodeToString(("user:" + password.group(1)).getBytes());
			lines.add("answer to the generated user: "
					+ withoutWhatVaries(Http.get(context, "/hello", "Basic " + credentials)));
		}
		return lines;
	}

	private static String withoutWhatVaries(Http.Answer answer) {
		return answer.status() + " " + answer.location().replaceFirst(":[0-9]+", "") + " " + answer.challenge() + " "
				+ answer.cookie().replaceFirst("=[^;]*", "") + " "
				+ ((answer.status() < 400) ? answer.body().replaceAll("\\s+|\"[A-Za-z0-9_-]{30,}\"", " ") : "");
	}

	/**
	 * What somebody hangs into each reactive operator or each task of a scheduler.
	 */
	static List<String> hooks() {
		return Stream.of("reactor.core.publisher.Hooks", "reactor.core.scheduler.Schedulers")
			.filter((name) -> ClassUtils.isPresent(name, null))
			.map((name) -> ClassUtils.resolveClassName(name, null))
			.flatMap((type) -> Arrays.stream(type.getDeclaredFields()))
			.filter((field) -> Modifier.isStatic(field.getModifiers())
					&& field.getName().toLowerCase().contains("hook"))
			.map((field) -> "hook " + field.getName() + ": " + keys(get(field, null)))
			.filter((line) -> !line.endsWith(": "))
			.toList();
	}

	private static String keys(Object hooks) {
		return (hooks instanceof Map<?, ?> map) ? String.join(",", map.keySet().stream().map(String::valueOf).toList())
				: (hooks instanceof Collection<?> || hooks == null) ? "" : hooks.getClass().getName();
	}

	/**
	 * What a client connects by that somebody makes without Spring Boot.
	 */
	static List<String> clients() {
		if (!ClassUtils.isPresent("org.springframework.web.client.RestClient", null)) {
			return List.of();
		}
		Object restClient = RestClient.create();
		return Arrays.stream(restClient.getClass().getDeclaredFields())
			.filter((field) -> Set.of("clientRequestFactory", "messageConverters").contains(field.getName()))
			.map((field) -> "client " + field.getName() + ": " + names(get(field, restClient)))
			.toList();
	}

	private static String names(Object value) {
		return (value instanceof Collection<?> all) ? all.stream().map(Sight::names).toList().toString()
				: Objects.requireNonNull(value).getClass().getName();
	}

	private static Object get(Field field, Object target) {
		try {
			field.setAccessible(true);
			return field.get(target);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	// Tomcat's word on a machine that was slow to seed its random numbers is about the
	// moment, not the application.
	static List<String> log(String log) {
		return log.lines()
			.filter((line) -> !line.contains("Creation of SecureRandom instance"))
			.map((line) -> "log " + line.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "#").replaceAll("[0-9]+", "#"))
			.toList();
	}

}
