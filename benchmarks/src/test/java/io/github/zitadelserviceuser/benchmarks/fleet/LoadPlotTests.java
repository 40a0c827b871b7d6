// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.fleet;

import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

import static org.assertj.core.api.Assertions.assertThat;

class LoadPlotTests {

	@Test
	void drawWhenTwoScenariosThenIsSvgWithTwoPanels() throws Exception {
		List<Scenario> scenarios = List.of(Scenario.of(100, true, true), Scenario.of(100, false, false));
		Load quiet = new Load(Duration.ofHours(36));
		Load busy = new Load(Duration.ofHours(36));
		busy.request(Duration.ofHours(1).toNanos(), false);
		Document svg = parse(LoadPlot.draw(scenarios, List.of(quiet, busy)));
		assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
		assertThat(svg.getDocumentElement().getTextContent()).contains("with jitter, with back-off",
				"without jitter, without back-off", "100/s", "36 h");
		assertThat(lines(svg)).containsExactly("", "M90.0 335V311.0");
	}

	private static List<String> lines(Document svg) {
		NodeList paths = svg.getElementsByTagName("path");
		return IntStream.range(0, paths.getLength())
			.mapToObj((i) -> (Element) paths.item(i))
			.filter((path) -> path.hasAttribute("stroke-width"))
			.map((path) -> path.getAttribute("d"))
			.toList();
	}

	private static Document parse(String svg) throws Exception {
		return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
	}

}
