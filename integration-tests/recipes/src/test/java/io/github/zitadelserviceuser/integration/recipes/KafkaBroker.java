// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.SaslAuthenticateResponseData;
import org.apache.kafka.common.message.SaslHandshakeResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.RequestUtils;
import org.apache.kafka.common.requests.SaslAuthenticateRequest;
import org.apache.kafka.common.security.oauthbearer.internals.OAuthBearerClientInitialResponse;

/**
 * As much of a Kafka broker as it takes to log in by {@code OAUTHBEARER} and to ask which
 * cluster it is.
 */
final class KafkaBroker implements AutoCloseable {

	static final String CLUSTER = "recipes";

	private static final List<ApiKeys> APIS = List.of(ApiKeys.API_VERSIONS, ApiKeys.SASL_HANDSHAKE,
			ApiKeys.SASL_AUTHENTICATE, ApiKeys.METADATA, ApiKeys.DESCRIBE_CLUSTER);

	private final List<String> tokens = new CopyOnWriteArrayList<>();

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "kafka-broker");
		thread.setDaemon(true);
		return thread;
	});

	private final Predicate<String> accepted;

	private final ServerSocket socket;

	private KafkaBroker(Predicate<String> accepted) throws IOException {
		this.accepted = accepted;
		this.socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
		this.threads.execute(this::listen);
	}

	static KafkaBroker start(Predicate<String> accepted) {
		try {
			return new KafkaBroker(accepted);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String bootstrapServers() {
		return "localhost:" + this.socket.getLocalPort();
	}

	/**
	 * The tokens of those who logged in or were refused, the oldest first.
	 */
	List<String> tokens() {
		return List.copyOf(this.tokens);
	}

	void reset() {
		this.tokens.clear();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
		this.threads.shutdownNow();
	}

	private void listen() {
		while (!this.socket.isClosed()) {
			try {
				Socket connection = this.socket.accept();
				this.threads.execute(() -> serve(connection));
			}
			catch (IOException ex) {
				// Closed, or a connection that broke as it was made.
			}
		}
	}

	private void serve(Socket connection) {
		try (connection) {
			DataInputStream in = new DataInputStream(connection.getInputStream());
			DataOutputStream out = new DataOutputStream(connection.getOutputStream());
			while (true) {
				ByteBuffer request = ByteBuffer.wrap(in.readNBytes(in.readInt()));
				ByteBuffer response = answer(request);
				out.writeInt(response.remaining());
				out.write(response.array(), response.arrayOffset(), response.remaining());
				out.flush();
			}
		}
		catch (IOException ex) {
			// The client has gone.
		}
	}

	private ByteBuffer answer(ByteBuffer request) throws IOException {
		RequestHeader header = RequestHeader.parse(request);
		ApiMessage answer = switch (header.apiKey()) {
			case API_VERSIONS -> new ApiVersionsResponseData().setApiKeys(apis());
			case SASL_HANDSHAKE -> new SaslHandshakeResponseData().setMechanisms(List.of("OAUTHBEARER"));
			case SASL_AUTHENTICATE -> authenticate((SaslAuthenticateRequest) AbstractRequest
				.parseRequest(header.apiKey(), header.apiVersion(), new ByteBufferAccessor(request)).request);
			case METADATA -> metadata();
			case DESCRIBE_CLUSTER -> cluster();
			default -> throw new IOException("Not an API of this broker: " + header.apiKey());
		};
		return RequestUtils.serialize(header.toResponseHeader().data(),
				header.apiKey().responseHeaderVersion(header.apiVersion()), answer, header.apiVersion());
	}

	private static ApiVersionsResponseData.ApiVersionCollection apis() {
		ApiVersionsResponseData.ApiVersionCollection versions = new ApiVersionsResponseData.ApiVersionCollection();
		APIS.forEach((api) -> versions.add(new ApiVersionsResponseData.ApiVersion().setApiKey(api.id)
			.setMinVersion(api.oldestVersion())
			.setMaxVersion(api.latestVersion())));
		return versions;
	}

	private SaslAuthenticateResponseData authenticate(SaslAuthenticateRequest request) throws IOException {
		String token = new OAuthBearerClientInitialResponse(request.data().authBytes()).tokenValue();
		this.tokens.add(token);
		return this.accepted.test(token) ? new SaslAuthenticateResponseData()
				: new SaslAuthenticateResponseData().setErrorCode(Errors.SASL_AUTHENTICATION_FAILED.code())
					.setErrorMessage("The token is not valid");
	}

	private MetadataResponseData metadata() {
		MetadataResponseData.MetadataResponseBrokerCollection brokers = new MetadataResponseData.MetadataResponseBrokerCollection();
		brokers.add(new MetadataResponseData.MetadataResponseBroker().setNodeId(1)
			.setHost("localhost")
			.setPort(this.socket.getLocalPort()));
		return new MetadataResponseData().setBrokers(brokers).setClusterId(CLUSTER).setControllerId(1);
	}

	private DescribeClusterResponseData cluster() {
		DescribeClusterResponseData.DescribeClusterBrokerCollection brokers = new DescribeClusterResponseData.DescribeClusterBrokerCollection();
		brokers.add(new DescribeClusterResponseData.DescribeClusterBroker().setBrokerId(1)
			.setHost("localhost")
			.setPort(this.socket.getLocalPort()));
		return new DescribeClusterResponseData().setBrokers(brokers).setClusterId(CLUSTER).setControllerId(1);
	}

}
