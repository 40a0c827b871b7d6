// SPDX-License-Identifier: Apache-2.0

/**
 * Where a secret may go: origins of the web, compared as text and never looked up. Those
 * who ask for a token and those who call out with it ask that alike, and do not know each
 * other. This room knows nobody.
 */
@NullMarked
package io.github.zitadelserviceuser.net;

import org.jspecify.annotations.NullMarked;
