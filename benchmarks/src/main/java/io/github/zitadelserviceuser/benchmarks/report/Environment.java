// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Stream;

import org.springframework.boot.SpringBootVersion;

/**
 * Where and when something was measured, and how busy the machine was before that: what a
 * reader needs to tell whether another figure may be compared.
 *
 * @param date the date, in UTC
 * @param processor the processor and the number of its cores
 * @param load the load average of the minute before
 * @param java the virtual machine
 * @param os the operating system
 * @param springBoot the version of Spring Boot
 * @since 0.1.0
 */
public record Environment(LocalDate date, String processor, String load, String java, String os, String springBoot) {

	/**
	 * Look at this machine now.
	 * @return the environment
	 */
	public static Environment current() {
		double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
		return new Environment(LocalDate.now(ZoneOffset.UTC),
				processorModel() + ", " + Runtime.getRuntime().availableProcessors() + " cores",
				(load < 0) ? "unknown" : String.format(Locale.ROOT, "%.1f", load),
				System.getProperty("java.vm.name") + " " + Runtime.version(),
				System.getProperty("os.name") + " " + System.getProperty("os.arch"), SpringBootVersion.getVersion());
	}

	private static String processorModel() {
		try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
			return lines.filter((line) -> line.startsWith("model name"))
				.map((line) -> line.substring(line.indexOf(':') + 1).strip())
				.findFirst()
				.orElse("Processor not known");
		}
		catch (IOException ex) {
			// Only Linux has that file.
			return "Processor not known";
		}
	}

	@Override
	public String toString() {
		return "Measured on " + this.date + ": " + this.processor + " (load before the run " + this.load + "); "
				+ this.os + "; " + this.java + "; Spring Boot " + this.springBoot + ".";
	}

}
