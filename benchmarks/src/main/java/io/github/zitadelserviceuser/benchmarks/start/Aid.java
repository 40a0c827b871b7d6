// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.start;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What a JVM has of its own to make a start faster: an archive of classes that a training
 * run has written.
 */
enum Aid {

	NONE("none", 17, "", ""),

	CDS("class data sharing", 17, "-XX:ArchiveClassesAtExit=", "-XX:SharedArchiveFile="),

	AOT_CACHE("an AOT cache", 25, "-XX:AOTCacheOutput=", "-XX:AOTCache=");

	private final String title;

	private final int since;

	private final String training;

	private final String use;

	Aid(String title, int since, String training, String use) {
		this.title = title;
		this.since = since;
		this.training = training;
		this.use = use;
	}

	/**
	 * Return what the running JVM has.
	 * @return the aids, and none
	 */
	static List<Aid> present() {
		return Arrays.stream(values()).filter((aid) -> aid.since <= Runtime.version().feature()).toList();
	}

	String title() {
		return this.title;
	}

	List<String> training(Path archive) {
		return List.of(this.training + archive, "-Dspring.context.exit=onRefresh");
	}

	List<String> use(Path archive) {
		return (this == NONE) ? List.of() : List.of(this.use + archive);
	}

}
