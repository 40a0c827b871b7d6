// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.integration.RecordingServer;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;

/**
 * What the recipes call. Each server takes the tokens that ZITADEL takes.
 */
@TestConfiguration(proxyBeanMethods = false)
class Servers {

	@Bean
	RecordingServer ordersServer(FakeZitadel zitadel) {
		RecordingServer orders = RecordingServer.start();
		orders.accept(zitadel::isValid);
		orders.answer("/orders/7", """
				{"id":"7","total":12}""");
		orders.answer("/orders", """
				{"id":"8","total":5}""");
		orders.answer("/graphql", """
				{"data":{"order":{"id":"7","total":12}}}""");
		return orders;
	}

	@Bean
	OrdersMcpServer mcpServer(FakeZitadel zitadel) {
		return OrdersMcpServer.start(zitadel::isValid);
	}

	@Bean
	KafkaBroker kafkaBroker(FakeZitadel zitadel) {
		return KafkaBroker.start(zitadel::isValid);
	}

	@Bean
	ZitadelGrpcServer grpcServer(FakeZitadel zitadel) {
		return ZitadelGrpcServer.start(zitadel::isValid);
	}

	@Bean
	Attempts attempts() {
		return new Attempts();
	}

	@Bean
	ChannelCredentials insecure() {
		return InsecureChannelCredentials.create();
	}

	@Bean
	DynamicPropertyRegistrar addresses(RecordingServer orders, OrdersMcpServer mcp, ZitadelGrpcServer grpc) {
		return (properties) -> {
			properties.add("orders.url", () -> orders.url(""));
			properties.add("spring.cloud.openfeign.client.config.orders.url", () -> orders.url(""));
			properties.add("orders.mcp-url", mcp::url);
			properties.add("zitadel.grpc", grpc::authority);
		};
	}

}
