// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RsaKeyPairsTests {

	private static final byte[] TEXT = "signed".getBytes(StandardCharsets.UTF_8);

	@Test
	void nextThenEachHasItsLengthAndVerifiesWhatItSignedAlone() throws Exception {
		List<KeyPair> pairs = pairs(8);
		for (KeyPair signing : pairs) {
			assertThat(((RSAPublicKey) signing.getPublic()).getModulus().bitLength()).isEqualTo(1024);
			Signature signer = Signature.getInstance("SHA256withRSA");
			signer.initSign(signing.getPrivate());
			signer.update(TEXT);
			byte[] signature = signer.sign();
			for (KeyPair verifying : pairs) {
				Signature verifier = Signature.getInstance("SHA256withRSA");
				verifier.initVerify(verifying.getPublic());
				verifier.update(TEXT);
				assertThat(verifier.verify(signature)).isEqualTo(verifying == signing);
			}
		}
	}

	@Test
	void nextWhenOfAnotherInstanceThenSharesThePairs() {
		assertThat(pairs(4)).containsExactlyElementsOf(pairs(4));
	}

	private static List<KeyPair> pairs(int count) {
		RsaKeyPairs pairs = new RsaKeyPairs();
		return Stream.generate(() -> pairs.next(1024)).limit(count).toList();
	}

}
