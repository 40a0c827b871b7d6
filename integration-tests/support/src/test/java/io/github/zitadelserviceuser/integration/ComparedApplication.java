// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application that knows nothing of the starter, and has it on its class path or not.
 * It is run in a process of its own, and writes down what can be seen of it. Where there
 * is no web, the annotations of the page are not there and mean nothing.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
public class ComparedApplication {

	@GetMapping("/hello")
	String hello() {
		return "hello";
	}

	/**
	 * Run the application.
	 * @param args the file to write to, the file that its output goes to, and the
	 * arguments of the application
	 * @throws IOException if one cannot be written, or the other not be read
	 */
	public static void main(String[] args) throws IOException {
		String[] arguments = Arrays.copyOfRange(args, 2, args.length);
		try (ConfigurableApplicationContext context = SpringApplication.run(ComparedApplication.class, arguments)) {
			List<String> seen = new ArrayList<>(Sight.beans(context));
			seen.addAll(Sight.answers(context, Files.readString(Path.of(args[1]))));
			seen.addAll(Sight.hooks());
			seen.addAll(Sight.clients());
			seen.addAll(Sight.log(Files.readString(Path.of(args[1]))));
			Files.write(Path.of(args[0]), seen);
		}
	}

}
