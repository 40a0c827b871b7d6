// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

/**
 * The organization that the users belong to.
 */
final class Organization {

	static final String NAME = "ZITADEL";

	private final String id;

	private final String primaryDomain;

	private volatile boolean removed;

	Organization(String id, String primaryDomain) {
		this.id = id;
		this.primaryDomain = primaryDomain;
	}

	String id() {
		return this.id;
	}

	String primaryDomain() {
		return this.primaryDomain;
	}

	boolean isRemoved() {
		return this.removed;
	}

	void removed(boolean removed) {
		this.removed = removed;
	}

}
