// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.io.Serial;

/**
 * Says that a property which is required has no value.
 */
final class MissingPropertyException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String property;

	private final String needed;

	MissingPropertyException(String property, String needed) {
		super("The property '" + property + "' is not set. It is needed: " + needed);
		this.property = property;
		this.needed = needed;
	}

	String getProperty() {
		return this.property;
	}

	String getNeeded() {
		return this.needed;
	}

}
