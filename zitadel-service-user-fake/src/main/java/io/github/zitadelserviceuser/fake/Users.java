// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * The users of the instance, and where numeric ids come from. Ids start at a random
 * number, so that a key of one instance is unknown to the next.
 */
final class Users {

	private final AtomicLong lastId = new AtomicLong(300_000_000_000_000_000L + new SecureRandom().nextInt());

	private final Map<String, FakeServiceUser> users = new ConcurrentHashMap<>();

	String nextId() {
		return Long.toString(this.lastId.addAndGet(65_536));
	}

	void add(FakeServiceUser user) {
		this.users.put(user.id(), user);
	}

	void remove(FakeServiceUser user) {
		this.users.remove(user.id());
	}

	@Nullable FakeServiceUser find(String id) {
		return this.users.get(id);
	}

	@Nullable FakeServiceUser findByName(String userName) {
		return all().stream().filter((user) -> user.userName().equals(userName)).findFirst().orElse(null);
	}

	Collection<FakeServiceUser> all() {
		return this.users.values();
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
