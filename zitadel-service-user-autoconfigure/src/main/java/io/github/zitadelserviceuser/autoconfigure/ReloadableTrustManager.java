// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

import org.jspecify.annotations.Nullable;

/**
 * Trust that can be replaced while connections are made. A later connection may resume
 * the session of an earlier one, without certificates of either side: what was agreed
 * before is not resumed once they are replaced.
 */
final class ReloadableTrustManager extends X509ExtendedTrustManager {

	private final Set<SSLSession> sessions = Collections.newSetFromMap(new WeakHashMap<>());

	private volatile X509ExtendedTrustManager current;

	ReloadableTrustManager(X509ExtendedTrustManager trust) {
		this.current = trust;
	}

	void replace(X509ExtendedTrustManager trust) {
		this.current = trust;
		List<SSLSession> before;
		synchronized (this.sessions) {
			before = List.copyOf(this.sessions);
			this.sessions.clear();
		}
		before.forEach(SSLSession::invalidate);
	}

	private void remember(@Nullable SSLSession session) {
		if (session != null) {
			synchronized (this.sessions) {
				this.sessions.add(session);
			}
		}
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		remember(engine.getHandshakeSession());
		this.current.checkServerTrusted(chain, authType, engine);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
			throws CertificateException {
		if (socket instanceof SSLSocket tls) {
			remember(tls.getHandshakeSession());
		}
		this.current.checkServerTrusted(chain, authType, socket);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		this.current.checkServerTrusted(chain, authType);
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		this.current.checkClientTrusted(chain, authType, engine);
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
			throws CertificateException {
		this.current.checkClientTrusted(chain, authType, socket);
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		this.current.checkClientTrusted(chain, authType);
	}

	@Override
	public X509Certificate[] getAcceptedIssuers() {
		return this.current.getAcceptedIssuers();
	}

}
