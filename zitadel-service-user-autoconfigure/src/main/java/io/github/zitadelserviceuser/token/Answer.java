// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

/**
 * What somebody who asks for a token gets: an {@link Outcome} at once, or a
 * {@link Flight} to wait for.
 */
sealed interface Answer permits Flight, Outcome {

}
