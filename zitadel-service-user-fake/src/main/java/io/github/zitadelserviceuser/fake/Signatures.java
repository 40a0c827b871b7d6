// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/**
 * The signatures of RFC 7518 section 3 with which ZITADEL lets assertions pass, made of
 * the JDK alone: what a client does with a JOSE library is judged by something else.
 * ES256 passes row 8, but a running server accepted no signature with it.
 */
final class Signatures {

	private Signatures() {
	}

	static boolean verify(String algorithm, PublicKey key, byte[] signed, byte[] signature) {
		try {
			Signature verifier = instance(algorithm);
			verifier.initVerify(key);
			verifier.update(signed);
			return verifier.verify(signature);
		}
		catch (GeneralSecurityException ex) {
			// A key of another kind or a signature of another length does not fit
			return false;
		}
	}

	static byte[] sign(String algorithm, PrivateKey key, byte[] content) {
		try {
			Signature signer = instance(algorithm);
			signer.initSign(key);
			signer.update(content);
			return signer.sign();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Unable to sign with " + algorithm, ex);
		}
	}

	static byte[] sha256(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Unable to hash", ex);
		}
	}

	private static Signature instance(String algorithm) throws GeneralSecurityException {
		return switch (algorithm) {
			case "RS256" -> Signature.getInstance("SHA256withRSA");
			case "PS256" -> {
				Signature pss = Signature.getInstance("RSASSA-PSS");
				pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
				yield pss;
			}
			default -> throw new GeneralSecurityException("Unknown algorithm");
		};
	}

}
