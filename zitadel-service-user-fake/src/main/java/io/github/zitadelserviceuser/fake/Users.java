// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The users of the instance: all of one organization, and gone as long as that is.
 */
final class Users {

	private final Organization organization;

	private final Map<String, FakeServiceUser> users = new ConcurrentHashMap<>();

	Users(Organization organization) {
		this.organization = organization;
	}

	void add(FakeServiceUser user) {
		this.users.put(user.id(), user);
	}

	void remove(FakeServiceUser user) {
		this.users.remove(user.id());
	}

	@Nullable FakeServiceUser find(String id) {
		return this.organization.isRemoved() ? null : this.users.get(id);
	}

	@Nullable FakeServiceUser findByName(String userName) {
		return all().stream().filter((user) -> user.userName().equals(userName)).findFirst().orElse(null);
	}

	Collection<FakeServiceUser> all() {
		return this.organization.isRemoved() ? List.of() : this.users.values();
	}

	/**
	 * Row 9: the key with this id, of this user and no other, not expired, of a service
	 * user.
	 * @param userId the numeric id of the user
	 * @param keyId the id of the key
	 * @param now the server's time
	 * @return the key, or {@code null} if there is no such key
	 */
	@Nullable VerificationKey verificationKey(String userId, String keyId, Instant now) {
		FakeServiceUser user = find(userId);
		if (user == null || !user.isMachine()) {
			return null;
		}
		VerificationKey key = user.verificationKey(keyId);
		return (key != null && key.isValidAt(now)) ? key : null;
	}

}
