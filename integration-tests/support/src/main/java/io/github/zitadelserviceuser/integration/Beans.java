// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration;

import java.util.Map;
import java.util.TreeMap;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Which beans an application has, by name, with their types and roles in injection.
 */
public final class Beans {

	private static final String OURS = "io.github.zitadelserviceuser.";

	private static final String OF_TESTS = OURS + "integration.";

	private Beans() {
	}

	/**
	 * Return all beans of an application.
	 * @param context the application
	 * @return a description of each, by its name
	 */
	public static Map<String, String> of(ConfigurableApplicationContext context) {
		ConfigurableListableBeanFactory factory = context.getBeanFactory();
		Map<String, String> beans = new TreeMap<>();
		for (String name : factory.getBeanDefinitionNames()) {
			BeanDefinition definition = factory.getBeanDefinition(name);
			beans.put(name, type(factory, name) + (definition.isPrimary() ? " primary" : "")
					+ (definition.isFallback() ? " fallback" : "") + (definition.isLazyInit() ? " lazy" : ""));
		}
		return beans;
	}

	/**
	 * Return those beans that are of a type of this library, without those of the test.
	 * @param context the application
	 * @return a description of each, by its name
	 */
	public static Map<String, String> ofThisLibrary(ConfigurableApplicationContext context) {
		Map<String, String> beans = of(context);
		beans.values().removeIf((type) -> !type.startsWith(OURS) || type.startsWith(OF_TESTS));
		return beans;
	}

	private static String type(ConfigurableListableBeanFactory factory, String name) {
		Class<?> type = factory.getType(name, false);
		String className = (type != null) ? type.getName() : "?";
		// The number that a generated class has in its name differs from start to start.
		int generated = className.indexOf("$$");
		return (generated != -1) ? className.substring(0, generated) : className;
	}

}
