// SPDX-License-Identifier: Apache-2.0

package org.library;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * An auto-configuration of somebody else's, whose package comes after ours.
 */
@AutoConfiguration
public final class LibraryAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RestClient libraryRestClient() {
		return RestClient.create();
	}

	@Bean
	@ConditionalOnMissingBean
	WebClient libraryWebClient() {
		return WebClient.create();
	}

}
