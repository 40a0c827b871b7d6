// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.sample.page;

import java.time.Clock;

import io.github.zitadelserviceuser.sample.standin.Trouble;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/**
 * Shows the life of the token and, against the stand-in, lets one make trouble for it.
 */
@Controller
class PageController {

	private final RefreshingTokenSource tokenSource;

	private final CallStream calls;

	private final TokenEvents events;

	private final ObjectProvider<Trouble> trouble;

	private final String issuer;

	private final Clock clock = Clock.systemUTC();

	PageController(RefreshingTokenSource tokenSource, CallStream calls, TokenEvents events,
			ObjectProvider<Trouble> trouble, @Value("${zitadel.service-user.issuer-uri}") String issuer) {
		this.tokenSource = tokenSource;
		this.calls = calls;
		this.events = events;
		this.trouble = trouble;
		this.issuer = issuer;
	}

	@GetMapping("/")
	String page(Model model) {
		addTo(model);
		return "page";
	}

	// The part of the page that changes.
	@GetMapping("/life")
	String life(Model model) {
		addTo(model);
		return "page :: life";
	}

	@PostMapping("/trouble")
	String trouble(@RequestParam Trouble.Kind kind,
			@RequestHeader(name = "Sec-Fetch-Site", defaultValue = "none") String site) {
		if (site.equals("cross-site")) {
			throw new ResponseStatusException(HttpStatus.FORBIDDEN, "Trouble is made on the page itself");
		}
		Trouble trouble = this.trouble.getIfAvailable();
		if (trouble == null) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is trouble for the stand-in only");
		}
		trouble.make(kind);
		this.events.add("trouble", kind.text());
		return "redirect:/";
	}

	private void addTo(Model model) {
		model.addAttribute("issuer", this.issuer);
		model.addAttribute("life", TokenLife.of(this.tokenSource.status(), this.clock.instant()));
		model.addAttribute("calls", this.calls.latest());
		model.addAttribute("served", this.calls.served());
		model.addAttribute("failed", this.calls.failed());
		model.addAttribute("uri", this.calls.uri());
		model.addAttribute("interval", this.calls.interval().toMillis() + " ms");
		model.addAttribute("requests", this.events.requests());
		model.addAttribute("events", this.events.latest());
		Trouble trouble = this.trouble.getIfAvailable();
		model.addAttribute("trouble", trouble);
		model.addAttribute("kinds", (trouble != null) ? Trouble.Kind.values() : new Trouble.Kind[0]);
	}

}
