// SPDX-License-Identifier: Apache-2.0

/**
 * How a token request is observed, and how it joins the trace of whoever waits for it.
 */
@NullMarked
package io.github.zitadelserviceuser.observation;

import org.jspecify.annotations.NullMarked;
