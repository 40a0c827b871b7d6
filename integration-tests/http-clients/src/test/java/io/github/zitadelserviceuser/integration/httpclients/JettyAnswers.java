// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * Has Jetty's client hand an answer of 401 to the application, as the page on
 * compatibility says how. By itself it aborts a request of which it has not noticed yet
 * that all of the body is sent.
 */
final class JettyAnswers {

	private JettyAnswers() {
	}

	static void handOut(HttpClient client) {
		client.addEventListener(new LifeCycle.Listener() {

			@Override
			public void lifeCycleStarted(LifeCycle started) {
				client.getProtocolHandlers().remove(WWWAuthenticationProtocolHandler.NAME);
			}

		});
	}

}
