// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A project of a {@link FakeZitadel}, with roles that can be granted and applications
 * that ask about tokens. A token is one of the project when its scopes have
 * {@code urn:zitadel:iam:org:project:id:<id>:aud}.
 *
 * @since 0.1.0
 * @see FakeZitadel#createProject(String...)
 * @see FakeServiceUser#grantRoles(FakeProject, String...)
 */
public final class FakeProject {

	private final String id;

	private final Set<String> roles;

	private final Instance instance;

	FakeProject(Instance instance, String... roles) {
		this.id = instance.ids().next();
		this.roles = Collections.unmodifiableSet(new LinkedHashSet<>(Arrays.asList(roles)));
		this.instance = instance;
	}

	/**
	 * Return the id.
	 * @return a numeric id, one of {@code project-ids} of an application
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Creates an application of the kind API.
	 * @return the application, which may introspect
	 */
	public FakeApplication createApiApplication() {
		return new FakeApplication(this, false, this.instance);
	}

	/**
	 * Creates an application of the kind web.
	 * @return the application, which may introspect, and revoke the tokens that were
	 * issued to it, which those of service users never are
	 */
	public FakeApplication createWebApplication() {
		return new FakeApplication(this, true, this.instance);
	}

	Set<String> roles() {
		return this.roles;
	}

	@Override
	public String toString() {
		return "FakeProject[" + this.id + "]";
	}

}
