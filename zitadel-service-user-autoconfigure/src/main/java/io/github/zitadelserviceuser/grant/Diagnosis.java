// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What it means that ZITADEL refused what was sent, most likely where it does not say,
 * told by whoever sent it: each kind of credential has causes of its own. One is made for
 * each request, and holds no secret.
 */
interface Diagnosis {

	/**
	 * Return who wanted to authenticate.
	 * @return part of a sentence, such as "service user 4711"
	 */
	String who();

	/**
	 * Say what a refusal means that ZITADEL did give a reason for.
	 * @param kind the answer
	 * @return sentences without the last full stop, or {@code null} if it means the same
	 * whatever was sent
	 */
	default @Nullable String meaning(AnswerKind kind) {
		return null;
	}

	/**
	 * Return the reason, which may be another one than the answer alone tells: what is
	 * known of the credential can make a refusal one that passes by itself.
	 * @param told what the answer tells
	 * @param clock the clock here and there
	 * @return the reason
	 */
	Reason reason(Reason told, ClockComparison clock);

	/**
	 * Name what is most likely wrong.
	 * @param clock the clock here and there
	 * @return whole sentences, the first of which goes on after "because"
	 */
	String mostLikely(ClockComparison clock);

	/**
	 * List what was sent.
	 * @param clock the clock here and there
	 * @return a list, one line for each thing that can be wrong
	 */
	String sent(ClockComparison clock);

}
