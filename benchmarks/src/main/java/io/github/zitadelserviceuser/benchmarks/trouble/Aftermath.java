// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.trouble;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What is left of a token request that was given up.
 *
 * @param cpu what the process took of a processor in the time that was watched
 * @param busy the names of the threads that were busy at its end
 * @param letGo how long it took until the endpoint saw the connection closed, or
 * {@code null} if that was not within that time
 * @param pause how much was left of the pause when the endpoint was well again
 * @param recovery how long it took from then on until there was a token
 */
record Aftermath(Duration cpu, List<String> busy, @Nullable Duration letGo, Duration pause, Duration recovery) {

}
