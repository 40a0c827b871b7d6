// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client.grpc;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Set;

import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.net.HostNotAllowedException;
import io.github.zitadelserviceuser.net.Origin;
import io.grpc.Attributes;
import io.grpc.CallCredentials;
import io.grpc.Grpc;
import io.grpc.MethodDescriptor;
import io.grpc.SecurityLevel;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Where the token may go, by what is known of the connection.
 */
class GrpcTargetTests {

	private static final SocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 8080);

	private static final SocketAddress LOOPBACK_6 = new InetSocketAddress("::1", 8080);

	private static final SocketAddress ELSEWHERE = new InetSocketAddress("192.0.2.1", 8080);

	@Test
	void checkWhenOverTlsThenHostCounts() {
		Call call = new Call("API.example.com:8443", SecurityLevel.PRIVACY_AND_INTEGRITY, ELSEWHERE);
		assertThat(check(call, "api.example.com", true)).isEqualTo(new Origin("https", "api.example.com", 8443));
		assertRefused(call, "other.example.com", true).withMessageContaining("https://api.example.com:8443");
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PRIVACY_AND_INTEGRITY")
	void checkWhenOthersCanReadThenOnlyToThisMachine(SecurityLevel level) {
		assertRefused(new Call("api.example.com", level, ELSEWHERE), "api.example.com", true)
			.withMessageContaining("http://api.example.com")
			.withMessageContaining("zitadel.service-user.require-https=false");
		assertThat(check(new Call("api.example.com", level, LOOPBACK), "api.example.com", true)).isNotNull();
		assertThat(check(new Call("api.example.com", level, LOOPBACK_6), "api.example.com", true)).isNotNull();
		assertThat(check(new Call("api.example.com", level, ELSEWHERE), "api.example.com", false)).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost:8080", "127.0.0.1:8080", "[::1]:8080", "api.localhost" })
	void checkWhenPlainTextAndOnlyTheNameIsOfThisMachineThenRefuses(String authority) {
		Origin origin = new Origin("http", "localhost", 8080);
		AllowedHosts allowed = new AllowedHosts("zitadel.service-user", Set.of(origin),
				List.of("localhost", "127.0.0.1", "[::1]", "api.localhost"), true);
		Call call = new Call(authority, SecurityLevel.NONE, ELSEWHERE);
		assertThatExceptionOfType(HostNotAllowedException.class).isThrownBy(() -> new GrpcTarget(call).check(allowed))
			.withMessageContaining("anyone on the way could read it");
		assertThat(new GrpcTarget(new Call(authority, SecurityLevel.NONE, LOOPBACK)).check(allowed)).isNotNull();
	}

	@Test
	void checkWhenPlainTextToThisMachineThenHostCountsAsWell() {
		assertRefused(new Call("localhost:8080", SecurityLevel.NONE, LOOPBACK), "api.example.com", true)
			.withMessageContaining("zitadel.service-user.allowed-hosts");
	}

	@Test
	void checkWhenAddressIsNotKnownThenRefusesPlainText() {
		assertRefused(new Call("localhost", SecurityLevel.NONE, null), "localhost", true);
		assertRefused(new Call("localhost", SecurityLevel.NONE, InetSocketAddress.createUnresolved("localhost", 80)),
				"localhost", true);
	}

	@Test
	void checkWhenOriginIsConfiguredWithHttpThenTakesItAsWritten() {
		AllowedHosts allowed = new AllowedHosts("zitadel.service-user",
				Set.of(new Origin("http", "zitadel.internal", 8080)), List.of(), true);
		assertThat(new GrpcTarget(new Call("zitadel.internal:8080", SecurityLevel.NONE, ELSEWHERE)).check(allowed))
			.isEqualTo(new Origin("http", "zitadel.internal", 8080));
		assertThatExceptionOfType(HostNotAllowedException.class).isThrownBy(
				() -> new GrpcTarget(new Call("zitadel.internal:8081", SecurityLevel.NONE, ELSEWHERE)).check(allowed));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "api.example.com/", "api.example.com?x", "api.example.com#x", "a@api.example.com",
			"api.example.com:8443@other", "api_example.com", "%2Ftmp%2Fsocket", "api.example.com:99999", "a b" })
	void checkWhenAuthorityIsNoHostThenRefuses(String authority) {
		assertRefused(new Call(authority, SecurityLevel.PRIVACY_AND_INTEGRITY, LOOPBACK), "api.example.com", true)
			.withMessageContaining("cannot be judged");
	}

	private static Origin check(Call call, String allowedHost, boolean requireHttps) {
		return new GrpcTarget(call)
			.check(new AllowedHosts("zitadel.service-user", Set.of(), List.of(allowedHost), requireHttps));
	}

	private static ThrowableAssertAlternative<HostNotAllowedException> assertRefused(Call call, String allowedHost,
			boolean requireHttps) {
		return assertThatExceptionOfType(HostNotAllowedException.class)
			.isThrownBy(() -> check(call, allowedHost, requireHttps));
	}

	/**
	 * A call on a connection.
	 */
	private static final class Call extends CallCredentials.RequestInfo {

		private final String authority;

		private final SecurityLevel securityLevel;

		private final Attributes attributes;

		Call(String authority, SecurityLevel securityLevel, SocketAddress address) {
			this.authority = authority;
			this.securityLevel = securityLevel;
			this.attributes = (address != null)
					? Attributes.newBuilder().set(Grpc.TRANSPORT_ATTR_REMOTE_ADDR, address).build() : Attributes.EMPTY;
		}

		@Override
		public MethodDescriptor<?, ?> getMethodDescriptor() {
			throw new UnsupportedOperationException();
		}

		@Override
		public SecurityLevel getSecurityLevel() {
			return this.securityLevel;
		}

		@Override
		public String getAuthority() {
			return this.authority;
		}

		@Override
		public Attributes getTransportAttrs() {
			return this.attributes;
		}

	}

}
