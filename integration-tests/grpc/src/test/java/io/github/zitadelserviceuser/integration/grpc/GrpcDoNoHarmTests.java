// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.grpc;

import io.github.zitadelserviceuser.integration.DoNoHarmContract;

import org.springframework.boot.WebApplicationType;

class GrpcDoNoHarmTests extends DoNoHarmContract {

	GrpcDoNoHarmTests() {
		super(GrpcApplication.class, WebApplicationType.NONE);
	}

}
