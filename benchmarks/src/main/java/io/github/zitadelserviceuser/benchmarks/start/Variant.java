// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.start;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.zitadelserviceuser.fake.FakeZitadel;

/**
 * What an application has on its class path. All is taken from the class path of the
 * benchmarks, by the names of the artifacts.
 */
enum Variant {

	PLAIN("Spring MVC and RestClient", ""),

	WEB_CLIENT("the same and Boot's WebClient", Names.WEB_CLIENT),

	SWITCHED_OFF("the same and this starter, switched off", Names.STARTER) {

		@Override
		List<String> properties(FakeZitadel zitadel, Path keyFile) {
			return List.of("--zitadel.service-user.enabled=false");
		}

	},

	NOTHING_SET("the same and this starter, nothing set", Names.STARTER),

	TOKEN("the same and this starter, with a personal access token", Names.STARTER) {

		@Override
		List<String> properties(FakeZitadel zitadel, Path keyFile) {
			return List.of("--zitadel.service-user.issuer-uri=" + zitadel.issuer(),
					"--zitadel.service-user.personal-access-token=none");
		}

	},

	SERVICE_USER("the same and this starter, with a key", Names.STARTER) {

		@Override
		List<String> properties(FakeZitadel zitadel, Path keyFile) {
			return List.of("--zitadel.service-user.issuer-uri=" + zitadel.issuer(),
					"--zitadel.service-user.key-location=" + keyFile);
		}

	},

	OAUTH2_CLIENT("Spring MVC, RestClient and Boot's OAuth2 client starter",
			Names.OAUTH2 + "|spring-boot-(starter-)?security(-oauth2-client)?|spring-security-(config|oauth2-jose)") {

		@Override
		List<String> properties(FakeZitadel zitadel, Path keyFile) {
			String prefix = "--spring.security.oauth2.client.";
			return List.of(prefix + "provider.zitadel.issuer-uri=" + zitadel.issuer(),
					prefix + "registration.zitadel.client-id=client",
					prefix + "registration.zitadel.client-secret=none",
					prefix + "registration.zitadel.authorization-grant-type=client_credentials");
		}

	};

	private final String title;

	@SuppressWarnings("ImmutableEnumChecker") // it is
	private final Pattern artifacts;

	Variant(String title, String more) {
		this.title = title;
		this.artifacts = Pattern.compile(Names.PLAIN + (more.isEmpty() ? "" : "|" + more));
	}

	String title() {
		return this.title;
	}

	List<String> properties(FakeZitadel zitadel, Path keyFile) {
		return List.of();
	}

	/**
	 * Return the class path of such an application, and the class that starts it.
	 * @return the class path
	 */
	String classPath() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> this.artifacts.matcher(artifact(entry)).matches())
			.collect(Collectors.joining(File.pathSeparator));
	}

	/**
	 * Return the name of what is a jar, or the classes of a module.
	 * @param entry a part of the class path
	 * @return the name without a version
	 */
	private static String artifact(String entry) {
		return entry.replace(File.separatorChar, '/')
			.replaceFirst("/target/classes$", "")
			.replaceFirst(".*/", "")
			.replaceFirst("-[0-9].*", "");
	}

	private static final class Names {

		private static final String PLAIN = "benchmarks|jackson-.*|commons-logging|jakarta\\..*|jspecify|jul-to-slf4j"
				+ "|log4j-.*|logback-.*|micrometer-(commons|observation)|slf4j-api|snakeyaml"
				+ "|spring-(aop|beans|context|core|expression|web|webmvc)|tomcat-.*"
				+ "|spring-boot(-(autoconfigure|http-client|http-converter|jackson|restclient|servlet|tomcat|webmvc"
				+ "|web-server|starter|starter-(jackson|logging|tomcat|tomcat-runtime|webmvc)))?";

		private static final String WEB_CLIENT = "spring-boot-(webclient|http-codec)|spring-webflux|reactor-core"
				+ "|reactive-streams";

		private static final String OAUTH2 = "spring-security-(core|crypto|web|oauth2-client|oauth2-core)|nimbus-jose-jwt"
				+ "|oauth2-oidc-sdk|accessors-smart|json-smart|content-type|lang-tag|asm|jcip-annotations";

		private static final String STARTER = WEB_CLIENT + "|nimbus-jose-jwt|zitadel-.*-autoconfigure";

		private Names() {
		}

	}

}
