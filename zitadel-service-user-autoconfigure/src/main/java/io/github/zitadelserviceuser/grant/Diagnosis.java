// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

/**
 * What it most likely means that ZITADEL refused what was sent and did not say why, told
 * by whoever sent it: each kind of credential has causes of its own. One is made for each
 * request, and holds no secret.
 */
interface Diagnosis {

	/**
	 * Return who wanted to authenticate.
	 * @return part of a sentence, such as "service user 4711"
	 */
	String who();

	/**
	 * Return whether the refusal may end by itself within seconds, so that to ask again
	 * is worth it.
	 * @param clock the clock here and there
	 * @return whether it may
	 */
	boolean isPassing(ClockComparison clock);

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
