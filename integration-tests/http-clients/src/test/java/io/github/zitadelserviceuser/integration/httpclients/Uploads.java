// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.integration.Clients;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenSource;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Flux;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.registry.ImportHttpServices;

/**
 * An application that uploads more than it has memory for, to a server that is told by
 * the path which token is too old. It writes down how each upload was answered; one that
 * was answered 401 is made once more.
 */
public final class Uploads {

	private static final byte[] CHUNK = new byte[64 * 1024];

	private final long size;

	private final URI server;

	private final Tokens tokens;

	private final Path answers;

	private Uploads(long size, URI server, Tokens tokens, Path answers) {
		this.size = size;
		this.server = server;
		this.tokens = tokens;
		this.answers = answers;
	}

	/**
	 * Run the application.
	 * @param args where to upload to, how many bytes, by which kind of client, the file
	 * to write to, and the properties of the application
	 */
	public static void main(String[] args) {
		URI server = URI.create(args[0]);
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(HttpClientsApplication.class,
				Clients.class, UploadServices.class, Tokens.class)
			.run(args)) {
			Clients clients = context.getBean(Clients.class);
			Uploads uploads = new Uploads(Long.parseLong(args[1]), server, context.getBean(Tokens.class),
					Path.of(args[3]));
			if (args[2].equals("reactive")) {
				uploads.upload(clients.webClient());
			}
			else {
				uploads.upload(clients.restClient());
				uploads.upload(context.getBean(UploadApi.class));
			}
			uploads.write("done");
		}
		catch (RuntimeException ex) {
			LogFactory.getLog(Uploads.class).error("not done", ex);
		}
		finally {
			// Whatever threads a library has left.
			Runtime.getRuntime().halt(0);
		}
	}

	private void upload(RestClient client) {
		report("RestClient, stream",
				(uri) -> status(() -> client.post().uri(uri).body(stream()).retrieve().toBodilessEntity()));
		report("RestClient, resource",
				(uri) -> status(() -> client.post().uri(uri).body(resource()).retrieve().toBodilessEntity()));
		report("RestClient, multipart",
				(uri) -> status(() -> client.post().uri(uri).body(parts()).retrieve().toBodilessEntity()));
	}

	private void upload(UploadApi api) {
		report("HTTP service, stream", (uri) -> status(() -> api.stream(uri, stream())));
		report("HTTP service, resource", (uri) -> status(() -> api.resource(uri, resource())));
		report("HTTP service, multipart", (uri) -> status(() -> api.multipart(uri, resource())));
	}

	private void upload(WebClient client) {
		Flux<DataBuffer> stream = Flux.range(0, (int) (this.size / CHUNK.length))
			.map((index) -> DefaultDataBufferFactory.sharedInstance.wrap(CHUNK));
		MultipartBodyBuilder parts = new MultipartBodyBuilder();
		parts.part("file", resource());
		report("WebClient, stream",
				(uri) -> status(client.post().uri(uri).body(BodyInserters.fromDataBuffers(stream))));
		report("WebClient, resource",
				(uri) -> status(client.post().uri(uri).body(BodyInserters.fromResource(resource()))));
		report("WebClient, multipart",
				(uri) -> status(client.post().uri(uri).body(BodyInserters.fromMultipartData(parts.build()))));
	}

	private void report(String what, Function<URI, HttpStatusCode> upload) {
		URI uri = this.server.resolve("/" + this.tokens.number());
		int status = upload.apply(uri).value();
		write(what + ": " + status + ((status == 401) ? ", then " + upload.apply(uri).value() : ""));
	}

	private void write(String line) {
		try {
			Files.writeString(this.answers, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static HttpStatusCode status(Runnable call) {
		try {
			call.run();
			return HttpStatusCode.valueOf(200);
		}
		catch (RestClientResponseException ex) {
			return ex.getStatusCode();
		}
	}

	private static HttpStatusCode status(WebClient.RequestHeadersSpec<?> request) {
		HttpStatusCode status = request
			.exchangeToMono((response) -> response.releaseBody().thenReturn(response.statusCode()))
			.block();
		return (status != null) ? status : HttpStatusCode.valueOf(500);
	}

	private StreamingHttpOutputMessage.Body stream() {
		return (output) -> {
			for (long written = 0; written < this.size; written += CHUNK.length) {
				output.write(CHUNK);
			}
		};
	}

	private Resource resource() {
		return new Zeros(this.size);
	}

	private MultiValueMap<String, Object> parts() {
		MultiValueMap<String, Object> parts = new LinkedMultiValueMap<>();
		parts.add("file", resource());
		return parts;
	}

	@Configuration(proxyBeanMethods = false)
	@ImportHttpServices(group = "uploads", types = UploadApi.class)
	static class UploadServices {

	}

	/**
	 * The same as an HTTP service.
	 */
	@ServiceUser
	@HttpExchange
	interface UploadApi {

		@PostExchange
		void stream(URI uri, @RequestBody StreamingHttpOutputMessage.Body body);

		@PostExchange
		void resource(URI uri, @RequestBody Resource body);

		@PostExchange
		void multipart(URI uri, @RequestPart("file") Resource file);

	}

	/**
	 * Has another token for each that is rejected.
	 */
	@ServiceUser
	static final class Tokens implements TokenSource {

		private final AtomicInteger number = new AtomicInteger(1);

		int number() {
			return this.number.get();
		}

		@Override
		public CompletableFuture<AccessToken> get() {
			return CompletableFuture.completedFuture(await());
		}

		@Override
		public AccessToken await() {
			return new AccessToken("token-" + this.number.get(), Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
		}

		@Override
		public CompletableFuture<AccessToken> reject(AccessToken token) {
			int rejected = Integer.parseInt(token.value().substring(token.value().indexOf('-') + 1));
			this.number.compareAndSet(rejected, rejected + 1);
			return get();
		}

	}

	/**
	 * A large file, without the file.
	 */
	private static final class Zeros extends AbstractResource {

		private final long size;

		private Zeros(long size) {
			this.size = size;
		}

		@Override
		public boolean exists() {
			return true;
		}

		@Override
		public long contentLength() {
			return this.size;
		}

		@Override
		public String getFilename() {
			return "zeros.bin";
		}

		@Override
		public String getDescription() {
			return "zeros";
		}

		@Override
		public InputStream getInputStream() {
			return new InputStream() {

				private long left = Zeros.this.size;

				@Override
				public int read() {
					return (this.left-- > 0) ? 0 : -1;
				}

				@Override
				public int read(byte[] bytes, int offset, int length) {
					int count = (int) Math.min(this.left, length);
					this.left -= count;
					return (count > 0) ? count : -1;
				}

			};
		}

	}

}
