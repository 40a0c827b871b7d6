// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Passes over the properties that nobody has set of a service user with a name. A user
 * has some thirty and sets a few. For each of the others the binder would ask every
 * source whether there is anything below it, and keep the answers: most of what a further
 * user would cost, in memory and at start.
 */
final class UnsetProperties implements ConfigurationPropertiesBindHandlerAdvisor {

	private static final int LENGTH = ServiceUserNames.USERS.getNumberOfElements() + 2;

	@Override
	public BindHandler apply(BindHandler handler) {
		return new Handler(handler);
	}

	private static final class Handler extends AbstractBindHandler {

		private @Nullable Set<ConfigurationPropertyName> set;

		private final List<ConfigurationPropertySource> others = new ArrayList<>();

		private Handler(BindHandler parent) {
			super(parent);
		}

		@Override
		public <T> @Nullable Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target,
				BindContext context) {
			return (name.getNumberOfElements() == LENGTH && ServiceUserNames.USERS.isAncestorOf(name)
					&& !isSet(name, context)) ? null : super.onStart(name, target, context);
		}

		private boolean isSet(ConfigurationPropertyName name, BindContext context) {
			Set<ConfigurationPropertyName> set = this.set;
			if (set == null) {
				set = find(context);
				this.set = set;
			}
			return set.contains(name) || (!this.others.isEmpty() && isSetInOthers(name));
		}

		// A list may be set piece by piece, and has a first one then.
		private boolean isSetInOthers(ConfigurationPropertyName name) {
			ConfigurationPropertyName first = name.append("[0]");
			return this.others.stream()
				.anyMatch((source) -> source.getConfigurationProperty(name) != null
						|| source.getConfigurationProperty(first) != null);
		}

		private Set<ConfigurationPropertyName> find(BindContext context) {
			Set<ConfigurationPropertyName> set = new HashSet<>();
			for (ConfigurationPropertySource source : context.getSources()) {
				if (source instanceof IterableConfigurationPropertySource iterable) {
					iterable.stream()
						.filter(ServiceUserNames.USERS::isAncestorOf)
						.map((name) -> name.chop(LENGTH))
						.forEach(set::add);
				}
				// A variable of the environment may have underscores for hyphens, which
				// its name then does not tell from dots.
				if (!(source instanceof IterableConfigurationPropertySource)
						|| (source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource && source
							.containsDescendantOf(ServiceUserNames.USERS) != ConfigurationPropertyState.ABSENT)) {
					this.others.add(source);
				}
			}
			return set;
		}

	}

}
