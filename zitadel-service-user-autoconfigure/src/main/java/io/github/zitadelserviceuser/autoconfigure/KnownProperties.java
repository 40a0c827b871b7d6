// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.lang.reflect.Parameter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.zitadelserviceuser.grant.Spelling;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * The properties that there are of a service user.
 */
final class KnownProperties {

	/** By their names without hyphens. */
	private final Map<String, Property> properties = new HashMap<>();

	// By the constructor, as the binder does, since a native image has that too.
	KnownProperties() {
		for (Parameter parameter : BeanUtils.getResolvableConstructor(ZitadelServiceUserProperties.class)
			.getParameters()) {
			String name = DataObjectPropertyName.toDashedForm(parameter.getName());
			this.properties.put(name.replace("-", ""), new Property(name, parameter.getType()));
		}
	}

	/**
	 * Return whether a name is that of a property, or of a part of one.
	 * @param name the name
	 * @param start the number of elements that say which user it is of
	 * @return whether there is such a property
	 */
	boolean contain(ConfigurationPropertyName name, int start) {
		Property property = this.properties.get(uniform(name, start, start + 1));
		return property != null && property.takes(name.subName(start + 1));
	}

	/**
	 * Return whether words are those of a property.
	 * @param words the words, with a hyphen between any two of them
	 * @return whether there is such a property
	 */
	boolean contain(String words) {
		return this.properties.values()
			.stream()
			.anyMatch((property) -> property.name().equals(words)
					|| (property.isMap() && words.startsWith(property.name() + "-")));
	}

	/**
	 * Return the property that a name was meant for.
	 * @param name the name
	 * @param start the number of elements that say which user it is of
	 * @return the name of the one that is spelt most alike or else the only one that
	 * contains it, or {@code null}
	 */
	@Nullable String nearest(ConfigurationPropertyName name, int start) {
		String written = uniform(name, start, name.getNumberOfElements() - (name.isLastElementIndexed() ? 1 : 0));
		String nearest = Spelling.nearest(written, this.properties.keySet());
		List<String> meant = (nearest != null) ? List.of(nearest)
				: this.properties.keySet().stream().filter((known) -> known.contains(written)).toList();
		Property property = (meant.size() == 1) ? this.properties.get(meant.get(0)) : null;
		return (property != null) ? property.name() : null;
	}

	/**
	 * Return the property that words end with.
	 * @param words the words, with a hyphen between any two of them
	 * @return its name, or {@code null} if there is none
	 */
	@Nullable String lastOf(String words) {
		return this.properties.values()
			.stream()
			.map(Property::name)
			.filter((name) -> words.endsWith("-" + name))
			.max(Comparator.comparingInt(String::length))
			.orElse(null);
	}

	private static String uniform(ConfigurationPropertyName name, int start, int end) {
		StringBuilder uniform = new StringBuilder();
		for (int i = start; i < end && i < name.getNumberOfElements(); i++) {
			uniform.append(name.getElement(i, Form.UNIFORM));
		}
		return uniform.toString();
	}

	/**
	 * A property.
	 *
	 * @param name its name
	 * @param type the type of its value
	 */
	private record Property(String name, Class<?> type) {

		boolean isMap() {
			return this.type == Map.class;
		}

		boolean takes(ConfigurationPropertyName below) {
			return below.isEmpty() || isMap()
					|| (this.type == List.class && below.getNumberOfElements() == 1 && below.isNumericIndex(0));
		}

	}

}
