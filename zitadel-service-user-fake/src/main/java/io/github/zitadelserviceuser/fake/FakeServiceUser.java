// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

/**
 * A service user of a {@link FakeZitadel}, with the switches that the ZITADEL console has
 * for one. Safe for use by several threads.
 *
 * <p>
 * As on the real server, {@link #lock()}, {@link #deactivate()} and {@link #remove()} end
 * the tokens of the user at once, personal ones too, and {@link #reactivate()} does not
 * bring them back.
 *
 * @since 0.1.0
 */
public final class FakeServiceUser {

	/** The expiration date that ZITADEL gives to a key that never expires. */
	private static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

	private static final int CONSOLE_KEY_SIZE = 2048;

	private final String id;

	private final String userName;

	private final boolean machine;

	private final Instance instance;

	private final Instant changeDate;

	private final Map<String, VerificationKey> keys = new ConcurrentHashMap<>();

	private final UserSecret secret;

	private final List<FakePersonalAccessToken> personalAccessTokens = new CopyOnWriteArrayList<>();

	private final Map<String, Set<String>> grants = new ConcurrentHashMap<>();

	private volatile boolean active = true;

	private volatile boolean permitted = true;

	private volatile boolean member = true;

	private volatile boolean jwtAccessTokens;

	private @Nullable FakeServiceUserKey currentKey;

	private @Nullable Path keyFile;

	FakeServiceUser(String userName, boolean machine, Instance instance) {
		this.id = instance.ids().next();
		this.userName = userName;
		this.machine = machine;
		this.instance = instance;
		this.secret = new UserSecret(userName, instance.files());
		this.changeDate = instance.clock().instant();
		instance.users().add(this);
	}

	/**
	 * Return the numeric id: {@code userId} of a key file, {@code iss} and {@code sub} of
	 * an assertion.
	 * @return the id
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Return the user name: the client id of client credentials, but no substitute for
	 * the id in an assertion.
	 * @return the user name
	 */
	public String userName() {
		return this.userName;
	}

	/**
	 * Return a key of this user that never expires. Every call returns the same one,
	 * until {@link #rotateKey()}.
	 * @return the key
	 */
	public synchronized FakeServiceUserKey key() {
		if (this.currentKey == null) {
			this.currentKey = createKey();
		}
		return this.currentKey;
	}

	/**
	 * Return the file that always holds {@link #key()}, in a directory which is deleted
	 * when the fake is closed: the key location of an application.
	 * @return the same path at every call
	 */
	public synchronized Path keyFile() {
		if (this.keyFile == null) {
			this.keyFile = key().keyFile();
		}
		return this.keyFile;
	}

	/**
	 * Rotates the key as an operator does: creates a new one, puts it into
	 * {@link #keyFile()} in place of the old one in one step, then deletes the old one.
	 * Tokens already issued stay valid.
	 * @return the new key, which {@link #key()} returns from now on
	 */
	public synchronized FakeServiceUserKey rotateKey() {
		FakeServiceUserKey oldKey = key();
		FakeServiceUserKey newKey = createKey();
		newKey.file().replace(keyFile());
		this.currentKey = newKey;
		oldKey.delete();
		return newKey;
	}

	/**
	 * Creates another key as the console does: RSA, 2048 bits, never expiring.
	 * @return the new key
	 */
	public FakeServiceUserKey createKey() {
		return createKey(NEVER);
	}

	/**
	 * Creates another key that expires.
	 * @param expirationDate when the key ceases to be valid, by the clock of the fake
	 * @return the new key
	 */
	public FakeServiceUserKey createKey(Instant expirationDate) {
		return createKey(expirationDate, CONSOLE_KEY_SIZE);
	}

	/**
	 * Creates another key of a size that an operator has set.
	 * @param expirationDate when the key ceases to be valid, by the clock of the fake
	 * @param bits the size of the RSA key in bits
	 * @return the new key
	 */
	public FakeServiceUserKey createKey(Instant expirationDate, int bits) {
		FakeServiceUserKey key = new FakeServiceUserKey(this, this.instance, bits, expirationDate);
		this.keys.put(key.keyId(), VerificationKey.of(key.publicKey(), expirationDate));
		return key;
	}

	/**
	 * Registers a public key of the user's own, for which there is no key file. ZITADEL
	 * takes one that is not RSA too, and refuses each assertion that is signed with it.
	 * @param publicKey the public half
	 * @return the id of the key, to be sent as {@code kid}
	 */
	public String registerPublicKey(PublicKey publicKey) {
		return registerPublicKey(publicKey, NEVER);
	}

	/**
	 * Registers a public key of the user's own that expires.
	 * @param publicKey the public half
	 * @param expirationDate when the key ceases to be valid, by the clock of the fake
	 * @return the id of the key, to be sent as {@code kid}
	 */
	public String registerPublicKey(PublicKey publicKey, Instant expirationDate) {
		String keyId = this.instance.ids().next();
		this.keys.put(keyId, VerificationKey.of(publicKey, expirationDate));
		return keyId;
	}

	/**
	 * Deletes a key. Assertions signed with it are refused from now on; tokens already
	 * issued stay valid.
	 * @param keyId the id of the key
	 */
	public void deleteKey(String keyId) {
		this.keys.remove(keyId);
	}

	/**
	 * Lets a key expire now, by the clock of the fake.
	 * @param keyId the id of the key
	 */
	public void expireKey(String keyId) {
		Instant now = this.instance.clock().instant();
		this.keys.computeIfPresent(keyId, (id, key) -> key.expiringAt(now));
	}

	void keyKnownFrom(String keyId, Instant time) {
		this.keys.computeIfPresent(keyId, (id, key) -> key.knownFrom(time));
	}

	/**
	 * Creates a client secret as the console does. It takes the place of the one before,
	 * which is refused from now on; {@link #secretFile()} stays as it is. Tokens already
	 * issued stay valid.
	 * @return the client id, which is the user name, and the secret
	 */
	public FakeClientSecret createSecret() {
		return this.secret.create();
	}

	/**
	 * Rotates the client secret as an operator does: creates a new one, then puts it into
	 * {@link #secretFile()} in one step.
	 * @return the client id and the new secret
	 */
	public FakeClientSecret rotateSecret() {
		return this.secret.rotate();
	}

	/**
	 * Deletes the client secret. Tokens already issued stay valid.
	 */
	public void deleteSecret() {
		this.secret.delete();
	}

	/**
	 * Return a file that holds the client secret and nothing else, in a directory which
	 * is deleted when the fake is closed. At the first call it has the secret created
	 * last, and one is created if there was none.
	 * @return the same path at every call
	 */
	public Path secretFile() {
		return this.secret.path();
	}

	/**
	 * Creates a personal access token that never expires. Good at once, and beside others
	 * of the user.
	 * @return the token
	 */
	public FakePersonalAccessToken createPersonalAccessToken() {
		return createPersonalAccessToken(NEVER);
	}

	/**
	 * Creates a personal access token that expires.
	 * @param expirationDate when it ends, by the clock of the fake
	 * @return the token
	 */
	public FakePersonalAccessToken createPersonalAccessToken(Instant expirationDate) {
		FakePersonalAccessToken token = new FakePersonalAccessToken(this, this.instance, expirationDate);
		this.personalAccessTokens.add(token);
		token.enable();
		return token;
	}

	/**
	 * Locks the user.
	 */
	public void lock() {
		suspend();
	}

	/**
	 * Deactivates the user.
	 */
	public void deactivate() {
		suspend();
	}

	/**
	 * Unlocks or reactivates the user. Tokens that were issued before stay dead.
	 */
	public void reactivate() {
		this.active = true;
	}

	/**
	 * Removes the user, its keys, its secret and its tokens. {@link FakeZitadel#reset()}
	 * puts {@link FakeZitadel#serviceUser()} and those of
	 * {@link FakeZitadel#serviceUser(String)} back, with the current key, the last secret
	 * and the personal access tokens.
	 */
	public void remove() {
		this.instance.users().remove(this);
		this.keys.clear();
		this.secret.delete();
		suspend();
	}

	/**
	 * Takes the permission away to see other users by ZITADEL's APIs: they answer 403
	 * from now on, and what concerns the user itself goes on. The real server does so to
	 * a member of an organization or project whose roles do not suffice.
	 */
	public void denyApiPermission() {
		this.permitted = false;
	}

	/**
	 * Takes all memberships away, as of a user who was given no role: the management API
	 * answers 404 {@code membership not found} from now on, a search finds nobody but the
	 * user, and what concerns the user itself goes on.
	 */
	public void removeMemberships() {
		this.member = false;
	}

	/**
	 * Gives the permission to use ZITADEL's APIs and the memberships back.
	 */
	public void allowApiPermission() {
		this.permitted = true;
		this.member = true;
	}

	/**
	 * Sets what the access tokens issued from now on are, which is a setting of the user
	 * in the console.
	 * @param jwt whether they are JWTs, to be verified by the keys of
	 * {@link FakeZitadel#keys()}, or opaque as at first
	 */
	public void useJwtAccessTokens(boolean jwt) {
		this.jwtAccessTokens = jwt;
	}

	/**
	 * Grants roles of a project, which userinfo and introspection tell of if the scopes
	 * of a token ask for them.
	 * @param project the project
	 * @param roles the keys of the roles
	 */
	public void grantRoles(FakeProject project, String... roles) {
		this.grants.put(project.id(), Set.of(roles));
	}

	private void suspend() {
		this.active = false;
		this.instance.tokens().revokeAllOf(this.id);
	}

	synchronized void restore() {
		FakeServiceUserKey key = this.currentKey;
		if (key != null) {
			this.keys.put(key.keyId(), VerificationKey.of(key.publicKey(), key.expirationDate()));
			if (this.keyFile != null) {
				key.file().restore(this.keyFile);
			}
		}
		this.secret.restore();
		this.personalAccessTokens.forEach(FakePersonalAccessToken::enable);
		this.instance.users().add(this);
		reactivate();
		allowApiPermission();
		this.jwtAccessTokens = false;
		this.grants.clear();
	}

	@Nullable TokenOutcome secretRefusal(String value) {
		return this.secret.refusal(value);
	}

	boolean isActive() {
		return this.active;
	}

	boolean isMachine() {
		return this.machine;
	}

	boolean isPermitted() {
		return this.permitted;
	}

	boolean isMember() {
		return this.member;
	}

	boolean usesJwtAccessTokens() {
		return this.jwtAccessTokens;
	}

	Set<String> roles(String projectId) {
		return this.grants.getOrDefault(projectId, Set.of());
	}

	Instant changeDate() {
		return this.changeDate;
	}

	@Nullable VerificationKey verificationKey(String keyId) {
		return this.keys.get(keyId);
	}

	@Override
	public String toString() {
		return "FakeServiceUser[" + this.userName + ", " + this.id + "]";
	}

}
