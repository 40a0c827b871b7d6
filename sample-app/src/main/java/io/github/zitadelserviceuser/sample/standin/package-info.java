// SPDX-License-Identifier: Apache-2.0

/**
 * The stand-in for ZITADEL that the sample runs against where no issuer is set, and the
 * trouble that one can make for it.
 */
@NullMarked
package io.github.zitadelserviceuser.sample.standin;

import org.jspecify.annotations.NullMarked;
