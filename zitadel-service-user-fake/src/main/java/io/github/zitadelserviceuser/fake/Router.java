// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The way of every request: counted, held if a test wants that, its host looked up, then
 * answered as the test wants or else by the resource at its path. One that waited across
 * a reset is cut off.
 */
final class Router implements LoopbackServer.Handler {

	private final Hosts hosts;

	private final Map<String, Route> routes = new HashMap<>();

	private final Generations generations;

	Router(Hosts hosts, Generations generations) {
		this.generations = generations;
		this.hosts = hosts;
	}

	void add(String path, FakeEndpoint endpoint, Resource resource) {
		this.routes.put(path, new Route(endpoint, resource));
	}

	@Override
	public FakeAnswer handle(HttpCall call) throws InterruptedException {
		Route route = this.routes.get(call.path());
		if (route != null) {
			return handle(route, call);
		}
		return (this.hosts.issuer(call) != null) ? ApiErrors.notFound() : this.hosts.notFound(call);
	}

	private FakeAnswer handle(Route route, HttpCall call) throws InterruptedException {
		FakeEndpoint endpoint = route.endpoint();
		Generations.Arrival arrival = this.generations.enter(() -> endpoint.arrive(call));
		endpoint.waitUntilDue(arrival.releases());
		Supplier<FakeAnswer> answer = this.generations.ifStill(arrival.generation(), () -> decide(route, call));
		return (answer != null) ? answer.get() : FakeAnswer.disconnect();
	}

	private Supplier<FakeAnswer> decide(Route route, HttpCall call) {
		String issuer = this.hosts.issuer(call);
		if (issuer == null) {
			route.resource().answeredElsewhere(call, null, TokenOutcome.UNKNOWN_HOST);
			return () -> this.hosts.notFound(call);
		}
		FakeAnswer wanted = route.endpoint().takeAnswer();
		if (wanted != null) {
			route.resource().answeredElsewhere(call, issuer, TokenOutcome.SCRIPTED);
			return () -> wanted;
		}
		return route.resource().decide(call, issuer);
	}

	private record Route(FakeEndpoint endpoint, Resource resource) {

	}

}
