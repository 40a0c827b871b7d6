// SPDX-License-Identifier: Apache-2.0

/**
 * What Spring Boot's slices of an application get.
 */
@NullMarked
package io.github.zitadelserviceuser.test.autoconfigure;

import org.jspecify.annotations.NullMarked;
