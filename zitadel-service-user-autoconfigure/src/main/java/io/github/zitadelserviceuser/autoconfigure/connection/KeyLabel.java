// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.connection;

/**
 * The label of a container that says where the key of a named service user is.
 */
final class KeyLabel {

	private KeyLabel() {
	}

	static String of(String name) {
		return "io.github.zitadelserviceuser." + name + ".key-location";
	}

}
