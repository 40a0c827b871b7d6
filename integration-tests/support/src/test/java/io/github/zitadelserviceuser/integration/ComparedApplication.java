// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
	 * @param args the file to write to, and the arguments of the application
	 * @throws IOException if it cannot be written
	 */
	public static void main(String[] args) throws IOException {
		PrintStream console = System.out;
		ByteArrayOutputStream log = new ByteArrayOutputStream();
		System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
		String[] arguments = Arrays.copyOfRange(args, 1, args.length);
		try (ConfigurableApplicationContext context = SpringApplication.run(ComparedApplication.class, arguments)) {
			List<String> seen = new ArrayList<>(Sight.beans(context));
			seen.addAll(Sight.answers(context, log.toString(StandardCharsets.UTF_8)));
			seen.addAll(Sight.hooks());
			seen.addAll(Sight.clients());
			seen.addAll(Sight.log(log.toString(StandardCharsets.UTF_8)));
			Files.write(Path.of(args[0]), seen);
		}
		finally {
			console.print(log.toString(StandardCharsets.UTF_8));
			console.flush();
		}
	}

}
