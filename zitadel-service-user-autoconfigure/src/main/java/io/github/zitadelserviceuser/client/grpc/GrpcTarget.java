// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client.grpc;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

import javax.net.ssl.SSLSession;

import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.net.HostNotAllowedException;
import io.github.zitadelserviceuser.net.Origin;
import io.grpc.CallCredentials;
import io.grpc.Grpc;
import io.grpc.SecurityLevel;
import org.jspecify.annotations.Nullable;

/**
 * Where a call of gRPC really goes: what its authority says, and what is known of the
 * connection that was chosen for it.
 */
final class GrpcTarget {

	private final URI uri;

	private final CallCredentials.RequestInfo call;

	private final boolean secure;

	GrpcTarget(CallCredentials.RequestInfo call) {
		this.call = call;
		this.secure = call.getSecurityLevel() == SecurityLevel.PRIVACY_AND_INTEGRITY;
		this.uri = uri(this.secure ? "https" : "http", call.getAuthority());
	}

	URI uri() {
		return this.uri;
	}

	/**
	 * Refuse a target that may not have the token.
	 * @param allowedHosts where the token may go
	 * @return the origin that the call is for, or {@code null} if the connection leads to
	 * another one
	 */
	@Nullable Origin check(AllowedHosts allowedHosts) {
		if (!this.secure) {
			allowedHosts.checkConnected(this.uri, isThisMachine());
			return Origin.of(this.uri);
		}
		allowedHosts.check(this.uri);
		Origin origin = Origin.of(this.uri);
		// A call may name an authority of its own. The certificate was verified for the
		// one of the channel, so the token goes to the holder of that.
		String holder = certificateHolder();
		if (holder == null || holder.equals(origin.host())) {
			return origin;
		}
		allowedHosts.check(uri("https", holder + ":" + origin.port()));
		return null;
	}

	private @Nullable String certificateHolder() {
		SSLSession session = this.call.getTransportAttrs().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
		String host = (session != null) ? session.getPeerHost() : null;
		return (host != null) ? bracketed(host) : null;
	}

	private boolean isThisMachine() {
		SocketAddress address = this.call.getTransportAttrs().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
		return address instanceof InetSocketAddress inet && inet.getAddress() != null
				&& inet.getAddress().isLoopbackAddress();
	}

	private static String bracketed(String host) {
		String name = host.toLowerCase(Locale.ROOT);
		return (name.contains(":") && !name.startsWith("[")) ? "[" + name + "]" : name;
	}

	private static URI uri(String scheme, String authority) {
		try {
			URI uri = new URI(scheme + "://" + authority);
			if (authority.equals(uri.getRawAuthority())) {
				return uri;
			}
			throw noHost();
		}
		catch (URISyntaxException ex) {
			throw noHost();
		}
	}

	private static HostNotAllowedException noHost() {
		return new HostNotAllowedException("The token of the service user was not sent, and neither was the call: "
				+ "the authority of its channel cannot be judged. It must be a host with or without a port; set it "
				+ "with overrideAuthority if the target is written in another way");
	}

}
