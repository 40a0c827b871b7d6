// SPDX-License-Identifier: Apache-2.0

/**
 * Tests of an application that calls out as a service user. With
 * {@link io.github.zitadelserviceuser.test.EnableFakeZitadel} it calls a
 * {@link io.github.zitadelserviceuser.fake.FakeZitadel}, and with
 * {@link io.github.zitadelserviceuser.test.AutoConfigureServiceUserToken} it has a token
 * without any server.
 */
@NullMarked
package io.github.zitadelserviceuser.test;

import org.jspecify.annotations.NullMarked;
