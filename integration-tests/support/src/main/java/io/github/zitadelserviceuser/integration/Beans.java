/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
