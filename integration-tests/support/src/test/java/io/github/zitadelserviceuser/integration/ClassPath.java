// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class path that an application has of the dependencies in its build file: that of
 * this test, which has them all, without what none of them brings. What a dependency
 * brings stands in its own build file: beside the jar in Maven's repository, or in the
 * module that it is made in.
 */
final class ClassPath {

	private static final Pattern NOT_ITS_OWN = Pattern
		.compile("<!--.*?-->|<dependencyManagement>.*?</dependencyManagement>|<build>.*?</build>"
				+ "|<profiles>.*?</profiles>|<exclusions>.*?</exclusions>", Pattern.DOTALL);

	private static final Pattern DEPENDENCY = Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);

	private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(.*?)</artifactId>");

	private static final Pattern NOT_BROUGHT = Pattern
		.compile("<optional>true</optional>|<scope>(test|provided|system)</scope>");

	private final Map<String, List<Path>> artifacts = Arrays
		.stream(System.getProperty("java.class.path").split(File.pathSeparator))
		.map(Path::of)
		.collect(Collectors.groupingBy(ClassPath::artifact, LinkedHashMap::new, Collectors.toList()));

	/**
	 * Return the class path.
	 * @param dependencies the artifacts that the build file names
	 * @param excluded those that it excludes
	 * @return all that they bring, in the order of this test's
	 */
	String of(List<String> dependencies, List<String> excluded) {
		Set<String> brought = new HashSet<>();
		Deque<String> open = new ArrayDeque<>(dependencies);
		while (!open.isEmpty()) {
			String artifact = open.remove();
			if (this.artifacts.containsKey(artifact) && !excluded.contains(artifact) && brought.add(artifact)) {
				broughtBy(pom(this.artifacts.get(artifact).get(0))).forEach(open::add);
			}
		}
		if (!brought.containsAll(dependencies)) {
			throw new IllegalStateException("Not on the class path: " + dependencies);
		}
		return this.artifacts.entrySet()
			.stream()
			.filter((entry) -> brought.contains(entry.getKey()))
			.flatMap((entry) -> entry.getValue().stream())
			.map(Path::toString)
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static Stream<String> broughtBy(Path pom) {
		return DEPENDENCY.matcher(NOT_ITS_OWN.matcher(read(pom)).replaceAll(""))
			.results()
			.map((dependency) -> dependency.group(1))
			.filter((dependency) -> !NOT_BROUGHT.matcher(dependency).find())
			.flatMap((dependency) -> ARTIFACT.matcher(dependency).results())
			.map((artifact) -> artifact.group(1).strip());
	}

	private static String artifact(Path entry) {
		Path module = module(entry);
		return ((module != null) ? module : entry.getParent().getParent()).getFileName().toString();
	}

	private static Path pom(Path entry) {
		Path module = module(entry);
		return (module != null) ? module.resolve("pom.xml") : entry.resolveSibling(
				entry.getParent().getParent().getFileName() + "-" + entry.getParent().getFileName() + ".pom");
	}

	/**
	 * Of a module of this build the class path has the classes, or the jar beside them.
	 */
	private static Path module(Path entry) {
		Path target = entry.getParent();
		return target.endsWith("target") ? target.getParent() : null;
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
