// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The way of every request: counted, held if a test wants that, let through the
 * {@link Gate}, then answered as the test wants or else by the resource at its path. One
 * that waited across a reset is cut off.
 */
final class Router implements LoopbackServer.Handler {

	private final Gate gate;

	private final Clock clock;

	private final Map<String, Route> routes = new HashMap<>();

	private final Generations generations;

	Router(Gate gate, Clock clock, Generations generations) {
		this.generations = generations;
		this.gate = gate;
		this.clock = clock;
	}

	/**
	 * Adds a resource.
	 * @param path its path; one that ends with a slash stands for what is one below it
	 * @param surface which part of the server it belongs to
	 * @param endpoint the switches
	 * @param resource what answers
	 */
	void add(String path, Surface surface, FakeEndpoint endpoint, Resource resource) {
		this.routes.put(path, new Route(surface, endpoint, resource));
	}

	@Override
	public FakeAnswer handle(HttpCall call) throws InterruptedException {
		if (call.header("host") == null) {
			return FakeAnswer.of(400, "text/plain; charset=utf-8", "400 Bad Request: missing required Host header");
		}
		String clean = call.path().replaceAll("/{2,}", "/");
		if (!clean.equals(call.path())) {
			return FakeAnswer.movedPermanently(call.query().isEmpty() ? clean : clean + "?" + call.query());
		}
		Route route = route(call.path());
		if (route != null) {
			return handle(route, call);
		}
		Surface surface = Surface.of(call.path());
		FakeAnswer refusal = this.gate.open(call, surface).refusal();
		return (refusal != null) ? refusal : surface.pathNotFound();
	}

	private @Nullable Route route(String path) {
		Route route = this.routes.get(path);
		int parent = path.lastIndexOf('/') + 1;
		return (route != null || parent == path.length()) ? route : this.routes.get(path.substring(0, parent));
	}

	private FakeAnswer handle(Route route, HttpCall call) throws InterruptedException {
		FakeEndpoint endpoint = route.endpoint();
		Generations.Arrival arrival = this.generations.enter(() -> endpoint.arrive(call));
		endpoint.waitUntilDue(arrival.releases());
		Supplier<FakeAnswer> answer = this.generations.ifStill(arrival.generation(), () -> decide(route, call));
		return (answer != null) ? answer.get() : FakeAnswer.disconnect();
	}

	private Supplier<FakeAnswer> decide(Route route, HttpCall call) {
		Gate.Passage passage = this.gate.open(call, route.surface());
		String issuer = passage.issuer();
		FakeAnswer refusal = passage.refusal();
		FakeAnswer instead = (refusal != null) ? refusal : route.endpoint().takeAnswer();
		if (issuer == null || instead != null) {
			route.resource().answeredElsewhere(call, issuer, passage.outcome());
			FakeAnswer answer = (instead != null) ? instead : route.surface().pathNotFound();
			return () -> answer;
		}
		Supplier<FakeAnswer> answer = route.resource().decide(call, issuer);
		return () -> ServerHeaders.add(answer.get(), route.surface(), issuer, this.clock.instant());
	}

	private record Route(Surface surface, FakeEndpoint endpoint, Resource resource) {

	}

}
