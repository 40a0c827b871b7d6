// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.observability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.integration.Clients;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dashboard and the alerts ask for nothing that a real registry does not have.
 */
class DashboardTests {

	private static final Path DOCS = Path.of("..", "..", "docs");

	private static final Pattern SAMPLE = Pattern.compile("(?m)^(zitadel_service_user_\\w+)(?:\\{(.*?)})? (\\S+)$");

	private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

	private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on)\\s*\\(([^)]*)\\)");

	private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.*), *(\\w+)\\)");

	/** Prometheus itself adds these to what it scrapes. */
	private static final Set<String> LABELS_OF_PROMETHEUS = Set.of("job", "instance");

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private static final Pattern INCREASE = Pattern.compile("(?:increase|rate)\\((\\w+)");

	private static final Set<String> METRICS_AT_START = new TreeSet<>();

	private static final Set<String> METRICS = new TreeSet<>();

	private static final Set<String> LABELS = new TreeSet<>(LABELS_OF_PROMETHEUS);

	@BeforeAll
	static void scrape() {
		ZITADEL.serviceUser().key();
		try (Watched application = Watched.start(ZITADEL, ZITADEL.serviceUser().key().keyFile().toString())) {
			SAMPLE.matcher(application.get("/actuator/prometheus"))
				.results()
				.forEach((sample) -> METRICS_AT_START.add(sample.group(1)));
			application.bean(Clients.class)
				.restClient()
				.get()
				.uri(ZITADEL.url() + "/oidc/v1/userinfo")
				.retrieve()
				.toBodilessEntity();
			SAMPLE.matcher(application.get("/actuator/prometheus")).results().forEach((sample) -> {
				METRICS.add(sample.group(1));
				if (sample.group(2) != null) {
					LABEL.matcher(sample.group(2)).results().forEach((label) -> LABELS.add(label.group(1)));
				}
			});
		}
	}

	@AfterAll
	static void stop() {
		ZITADEL.close();
	}

	@Test
	void scrapeThenHasTheMetersOfTheDocumentation() throws IOException {
		String operating = Files.readString(DOCS.resolve("operating.md"));
		Set<String> documented = new TreeSet<>();
		Pattern.compile("(?m)^\\| `(zitadel\\.[a-z.]+)`")
			.matcher(operating)
			.results()
			.forEach((meter) -> documented.add(meter.group(1).replace('.', '_')));
		assertThat(documented).hasSize(7);
		assertThat(METRICS).allMatch((metric) -> documented.stream().anyMatch(metric::startsWith));
		assertThat(documented).allMatch((meter) -> METRICS.stream().anyMatch((metric) -> metric.startsWith(meter)));
	}

	@Test
	@SuppressWarnings("unchecked")
	void dashboardThenEachMetricAndLabelExists() throws IOException {
		Map<String, Object> dashboard = new Yaml().load(Files.readString(DOCS.resolve("grafana-dashboard.json")));
		List<String> expressions = new ArrayList<>();
		collect(dashboard, "expr", expressions);
		assertThat(expressions).hasSizeGreaterThan(8);
		expressions.forEach(DashboardTests::assertSeesTheFirstEvent);
		collect(dashboard, "definition", expressions);
		expressions.forEach(DashboardTests::assertExists);
		List<Map<String, Object>> variables = (List<Map<String, Object>>) ((Map<String, Object>) dashboard
			.get("templating")).get("list");
		assertThat(variables).anySatisfy((variable) -> assertThat(variable).containsEntry("name", "datasource")
			.containsEntry("type", "datasource")
			.containsEntry("query", "prometheus"));
		List<Object> ids = new ArrayList<>();
		((List<Map<String, Object>>) dashboard.get("panels")).forEach((panel) -> ids.add(panel.get("id")));
		assertThat(ids).doesNotHaveDuplicates();
	}

	@Test
	void alertsThenEachMetricAndLabelExistsAndEachAlertIsDocumented() throws IOException {
		Map<String, Object> rules = new Yaml().load(Files.readString(DOCS.resolve("alerts.yaml")));
		List<String> expressions = new ArrayList<>();
		collect(rules, "expr", expressions);
		List<String> alerts = new ArrayList<>();
		collect(rules, "alert", alerts);
		assertThat(expressions).hasSameSizeAs(alerts).hasSizeGreaterThan(4);
		expressions.forEach(DashboardTests::assertExists);
		expressions.forEach(DashboardTests::assertSeesTheFirstEvent);
		expressions.forEach((expression) -> assertThat(PromQl.of(expression).metrics()).as(expression)
			.isSubsetOf(METRICS_AT_START));
		assertThat(Files.readString(DOCS.resolve("operating.md"))).contains(alerts);
	}

	@Test
	void expressionWhenItGroupsThenByServiceUserToo() throws IOException {
		List<String> expressions = new ArrayList<>();
		collect(new Yaml().load(Files.readString(DOCS.resolve("grafana-dashboard.json"))), "expr", expressions);
		assertThat(expressions).allSatisfy((expression) -> assertThat(expression).contains("service_user=~"));
		collect(new Yaml().load(Files.readString(DOCS.resolve("alerts.yaml"))), "expr", expressions);
		for (String expression : expressions) {
			assertThat(GROUPING.matcher(expression).results()).as(expression)
				.allSatisfy((group) -> assertThat(group.group(1)).contains("service_user"));
			assertThat(expression).doesNotContainPattern("\\b(sum|min|max)\\s*\\(");
		}
	}

	@Test
	void scrapeWhenThereAreTwoUsersThenEachHasItsOwnMeters() {
		try (Watched application = Watched.start(ZITADEL, ZITADEL.serviceUser().keyFile().toString(),
				"zitadel.service-users.billing.key-location=" + ZITADEL.createServiceUser("billing").keyFile())) {
			application.bean(ServiceUsers.class).get("billing").tokenSource().await();
			Awaitility.await()
				.untilAsserted(() -> assertThat(application.get("/actuator/prometheus"))
					.containsPattern("token_obtained_total\\{service_user=\"billing\"} 1\\.0")
					.containsPattern("token_obtained_total\\{service_user=\"default\"} 0\\.0")
					.containsPattern("token_expiry_seconds\\{service_user=\"billing\"} \\d")
					.containsPattern("token_expiry_seconds\\{service_user=\"default\"} NaN")
					.containsPattern("token_requests_seconds_count\\{.*service_user=\"billing\".*} 1")
					.doesNotContainPattern("token_requests_seconds_count\\{.*service_user=\"default\""));
		}
	}

	@Test
	void parseWhenNameIsWrongThenSeen() {
		assertThat(
				PromQl.of("sum by (job, reasn) (increase(a_total{oucome=\"SUCCESS\"}[5m])) > 0 unless on (job) b > 60"))
			.isEqualTo(new PromQl(Set.of("a_total", "b"), Set.of("job", "reasn", "oucome")));
	}

	private static void assertExists(String expression) {
		var values = LABEL_VALUES.matcher(expression);
		PromQl used = PromQl.of(values.matches() ? values.group(1) : expression);
		assertThat(used.metrics()).as(expression).isNotEmpty().isSubsetOf(METRICS);
		assertThat(used.labels()).as(expression).isSubsetOf(LABELS);
		if (values.matches()) {
			assertThat(LABELS).contains(values.group(2));
		}
	}

	/**
	 * A series that begins with 1 has no increase then.
	 */
	private static void assertSeesTheFirstEvent(String expression) {
		INCREASE.matcher(expression)
			.results()
			.forEach((metric) -> assertThat(METRICS_AT_START).as(expression).contains(metric.group(1)));
		assertThat(expression).as("a fixed range leaves out events in a wide view of a dashboard")
			.doesNotContainPattern("\\$.*\\[\\d");
	}

	private static void collect(Object node, String name, Collection<String> found) {
		if (node instanceof Map<?, ?> map) {
			map.forEach((key, value) -> {
				if (key.equals(name)) {
					found.add((String) value);
				}
				collect(value, name, found);
			});
		}
		else if (node instanceof List<?> list) {
			list.forEach((value) -> collect(value, name, found));
		}
	}

}
