// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Explains headers that were written as one value. It is asked ahead of Boot's own
 * analyzer of what cannot be bound, which would show that value.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class HeaderBindingFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

	private static final Pattern HEADERS = Pattern.compile("zitadel\\.service-users?(\\.[^.]+)?\\.headers");

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		String property = cause.getName().toString();
		return HEADERS.matcher(property).matches()
				? new FailureAnalysis("'" + property + "' has a value of its own, and headers are a property each.",
						"Write the name of each header after '" + property + ".', and its value as the value.", cause)
				: null;
	}

}
