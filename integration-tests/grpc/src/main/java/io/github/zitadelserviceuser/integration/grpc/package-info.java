// SPDX-License-Identifier: Apache-2.0

/**
 * An application that calls out over gRPC.
 */
@NullMarked
package io.github.zitadelserviceuser.integration.grpc;

import org.jspecify.annotations.NullMarked;
