// SPDX-License-Identifier: Apache-2.0

/**
 * How we call out by gRPC.
 */
@NullMarked
package io.github.zitadelserviceuser.client.grpc;

import org.jspecify.annotations.NullMarked;
