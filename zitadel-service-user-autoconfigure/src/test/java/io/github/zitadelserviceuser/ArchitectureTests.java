// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser;

import java.util.Set;
import java.util.stream.Collectors;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which room knows which.
 */
@AnalyzeClasses(packagesOf = ServiceUser.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String ROOT = "io.github.zitadelserviceuser";

	@ArchTest
	static final ArchRule KEY_KNOWS_NOBODY = room("key", "org.springframework.core..", "org.springframework.util..",
			"org.springframework.boot.json..", "org.springframework.boot.ssl.pem..", "com.nimbusds.jose.util..");

	@ArchTest
	static final ArchRule TOKEN_KNOWS_NOBODY_AND_ONLY_THE_JDK = room("token");

	@ArchTest
	static final ArchRule NET_KNOWS_NOBODY = room("net");

	@ArchTest
	static final ArchRule GRANT_KNOWS_KEY_TOKEN_AND_NET = knowsOnly("grant", "key", "token", "net");

	@ArchTest
	static final ArchRule CLIENT_KNOWS_TOKEN_NET_AND_OBSERVATION = knowsOnly("client", "token", "net", "observation");

	@ArchTest
	static final ArchRule CLIENT_DOES_NOT_KNOW_ITS_WING_FOR_GRPC = noClasses().that()
		.resideInAPackage(ROOT + ".client")
		.should()
		.dependOnClassesThat()
		.resideInAPackage(ROOT + ".client.grpc..");

	@ArchTest
	static final ArchRule SECURITY_KNOWS_TOKEN_AND_OBSERVATION = knowsOnly("security", "token", "observation");

	@ArchTest
	static final ArchRule HEALTH_KNOWS_KEY_AND_TOKEN = knowsOnly("health", "key", "token");

	@ArchTest
	static final ArchRule LOGGING_KNOWS_KEY_AND_TOKEN = knowsOnly("logging", "key", "token");

	@ArchTest
	static final ArchRule METRICS_KNOWS_KEY_AND_TOKEN = knowsOnly("metrics", "key", "token");

	@ArchTest
	static final ArchRule OBSERVATION_KNOWS_TOKEN = knowsOnly("observation", "token");

	@ArchTest
	static final ArchRule USER_PUTS_THE_ROOMS_TOGETHER = knowsOnly("user", "key", "token", "net", "grant", "client",
			"observation", "logging");

	@ArchTest
	static final ArchRule NOBODY_BUT_AUTOCONFIGURE_KNOWS_USER = noClasses().that()
		.resideOutsideOfPackages(ROOT + ".user..", ROOT + ".autoconfigure..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage(ROOT + ".user..");

	@ArchTest
	static final ArchRule USER_DOES_NOT_KNOW_GRPC = noClasses().that()
		.resideInAPackage(ROOT + ".user..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage(ROOT + ".client.grpc..");

	@ArchTest
	static final ArchRule NOBODY_KNOWS_AUTOCONFIGURE = noClasses().that()
		.resideOutsideOfPackage(ROOT + ".autoconfigure..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage(ROOT + ".autoconfigure..");

	@ArchTest
	static final ArchRule AUTOCONFIGURE_DOES_NOT_KNOW_ITS_WINGS = noClasses().that()
		.resideInAPackage(ROOT + ".autoconfigure")
		.should()
		.dependOnClassesThat()
		.resideInAPackage(ROOT + ".autoconfigure.(*)..");

	@ArchTest
	static final ArchRule THE_WINGS_OF_AUTOCONFIGURE_DO_NOT_KNOW_EACH_OTHER = SlicesRuleDefinition.slices()
		.matching(ROOT + ".autoconfigure.(*)..")
		.should()
		.notDependOnEachOther();

	@ArchTest
	static final ArchRule ONLY_AUTOCONFIGURE_KNOWS_BOOTS_AUTOCONFIGURATION = noClasses().that()
		.resideOutsideOfPackage(ROOT + ".autoconfigure..")
		.should()
		.dependOnClassesThat(DescribedPredicate.describe("are of an auto-configuration of Spring Boot",
				(type) -> type.getPackageName()
					.matches("org\\.springframework\\.boot\\..*autoconfigure.*|"
							+ "org\\.springframework\\.boot\\.autoconfigure.*")));

	@ArchTest
	static final ArchRule THERE_ARE_NO_CYCLES = SlicesRuleDefinition.slices()
		.matching(ROOT + ".(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	void everyPackageIsNullMarked(JavaClasses types) {
		Set<JavaPackage> packages = types.stream().map(JavaClass::getPackage).collect(Collectors.toSet());
		assertThat(packages).hasSizeGreaterThan(5)
			.allMatch((room) -> room.tryGetAnnotationOfType(NullMarked.class).isPresent());
	}

	/**
	 * A room that knows no other, nor any library but those given.
	 */
	private static ArchRule room(String name, String... libraries) {
		DescribedPredicate<JavaClass> known = JavaClass.Predicates
			.resideInAnyPackage("java..", "org.jspecify.annotations..", ROOT + "." + name + "..")
			.or(JavaClass.Predicates.resideInAnyPackage(libraries));
		return classes().that().resideInAPackage(ROOT + "." + name + "..").should().onlyDependOnClassesThat(known);
	}

	private static ArchRule knowsOnly(String name, String... rooms) {
		DescribedPredicate<JavaClass> known = JavaClass.Predicates.resideInAPackage(ROOT + "." + name + "..");
		for (String room : rooms) {
			known = known.or(JavaClass.Predicates.resideInAPackage(ROOT + "." + room + ".."));
		}
		return noClasses().that()
			.resideInAPackage(ROOT + "." + name + "..")
			.should()
			.dependOnClassesThat(JavaClass.Predicates.resideInAPackage(ROOT + "..").and(DescribedPredicate.not(known)));
	}

}
