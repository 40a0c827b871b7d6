// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.fleet;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Draws the load over time, a panel for each scenario: the busiest second of each minute,
 * on a logarithmic axis, since a herd and an idle hour are orders of magnitude apart.
 */
final class LoadPlot {

	private static final int WIDTH = 860;

	private static final int LEFT = 70;

	private static final int PANEL = 120;

	private static final int PITCH = 165;

	private static final int TOP = 50;

	private static final double PIXELS_PER_MINUTE = 1.0 / 3;

	private final StringBuilder svg = new StringBuilder(100_000);

	private final int decades;

	private LoadPlot(int most) {
		this.decades = (int) Math.ceil(Math.log10(most));
	}

	static String draw(List<Scenario> scenarios, List<Load> loads) {
		int instances = scenarios.get(0).instances();
		LoadPlot plot = new LoadPlot(loads.stream()
			.mapToInt((load) -> load.busiestSecond(Duration.ZERO, scenarios.get(0).end()))
			.reduce(instances, Math::max));
		int height = TOP + PITCH * scenarios.size();
		plot.add("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" "
				+ "font-size=\"12\">%n", WIDTH, height);
		plot.add("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>%n", WIDTH, height);
		plot.add("<text x=\"%d\" y=\"20\" font-size=\"14\">Token requests of %,d instances: the busiest second of "
				+ "each minute (red: the token endpoint is down)</text>%n", LEFT, instances);
		for (int i = 0; i < scenarios.size(); i++) {
			plot.panel(TOP + i * PITCH, scenarios.get(i), loads.get(i));
		}
		plot.add("</svg>%n");
		return plot.svg.toString();
	}

	private void panel(int top, Scenario scenario, Load load) {
		int bottom = top + PANEL;
		add("<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#fde0dc\"/>%n", x(scenario.outageFrom()),
				top, x(scenario.outageTo()) - x(scenario.outageFrom()), PANEL);
		add("<text x=\"%d\" y=\"%d\" font-weight=\"bold\">%s</text>%n", LEFT, top - 6, scenario.title());
		for (int decade = 0; decade <= this.decades; decade++) {
			long requests = Math.round(Math.pow(10, decade));
			double y = y(bottom, requests);
			add("<path d=\"M%d %.1fH%.1f\" stroke=\"#ccc\"/>%n", LEFT, y, x(scenario.end()));
			add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%,d/s</text>%n", LEFT - 6, y + 4, requests);
		}
		for (Duration time = Duration.ZERO; time.compareTo(scenario.end()) <= 0; time = time.plusHours(6)) {
			add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d h</text>%n", x(time), bottom + 18, time.toHours());
		}
		add("<path stroke=\"#1f4e8c\" stroke-width=\"0.6\" d=\"%s\"/>%n", bars(bottom, scenario.end(), load));
	}

	private String bars(int bottom, Duration end, Load load) {
		StringBuilder path = new StringBuilder();
		for (Duration minute = Duration.ZERO; minute.compareTo(end) < 0; minute = minute.plusMinutes(1)) {
			int requests = load.busiestSecond(minute, minute.plusMinutes(1));
			if (requests > 0) {
				path.append(String.format(Locale.ROOT, "M%.1f %dV%.1f", x(minute), bottom, y(bottom, requests)));
			}
		}
		return path.toString();
	}

	private double x(Duration time) {
		return LEFT + time.toMinutes() * PIXELS_PER_MINUTE;
	}

	private double y(int bottom, long requests) {
		// The axis begins half a decade below one request, so that one can be seen.
		return bottom - PANEL * (Math.log10((double) requests) + 0.5) / (this.decades + 0.5);
	}

	@SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
	private void add(String format, Object... values) {
		this.svg.append(String.format(Locale.ROOT, format, values));
	}

}
