// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.life;

import java.util.List;
import java.util.Locale;

/**
 * Draws how long calls took over time, a panel for each holder: the slowest call of each
 * 20 ms, on a logarithmic axis.
 */
final class LatencyPlot {

	private static final int WIDTH = 860;

	private static final int LEFT = 70;

	private static final int PANEL = 90;

	private static final int PITCH = 130;

	private static final int TOP = 50;

	private static final int STEP = 20;

	// From 100 ns to 1 s.
	private static final int LOWEST = -7;

	private static final String[] UNITS = { "100 ns", "1 µs", "10 µs", "100 µs", "1 ms", "10 ms", "100 ms", "1 s" };

	private final StringBuilder svg = new StringBuilder(100_000);

	private final double pixelsPerMilli;

	private LatencyPlot(int millis) {
		this.pixelsPerMilli = (WIDTH - LEFT - 20.0) / millis;
	}

	static String draw(List<String> titles, List<Calls> calls) {
		LatencyPlot plot = new LatencyPlot(calls.get(0).count());
		int height = TOP + PITCH * titles.size();
		plot.add("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" "
				+ "font-size=\"11\">%n", WIDTH, height);
		plot.add("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>%n", WIDTH, height);
		plot.add(
				"<text x=\"%d\" y=\"20\" font-size=\"14\">How long the slowest call of each %d ms took (red: more than "
						+ "100 ms)</text>%n",
				LEFT, STEP);
		for (int i = 0; i < titles.size(); i++) {
			plot.panel(TOP + i * PITCH, titles.get(i), calls.get(i));
		}
		plot.add("</svg>%n");
		return plot.svg.toString();
	}

	private void panel(int top, String title, Calls calls) {
		int bottom = top + PANEL;
		add("<text x=\"%d\" y=\"%d\" font-weight=\"bold\">%s</text>%n", LEFT, top - 6, title);
		for (int i = 1; i < UNITS.length; i += 2) {
			double y = y(bottom, Math.pow(10, LOWEST + i));
			add("<path d=\"M%d %.1fH%d\" stroke=\"#ccc\"/>%n", LEFT, y, WIDTH - 20);
			add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n", LEFT - 6, y + 4, UNITS[i]);
		}
		for (int millis = 0; millis <= calls.count(); millis += 2_000) {
			add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d s</text>%n", x(millis), bottom + 15,
					millis / 1_000);
		}
		StringBuilder fast = new StringBuilder();
		StringBuilder slow = new StringBuilder();
		for (int millis = 0; millis < calls.count(); millis += STEP) {
			double seconds = calls.slowest(millis, Math.min(millis + STEP, calls.count())) / 1e9;
			((seconds > 0.1) ? slow : fast)
				.append(String.format(Locale.ROOT, "M%.1f %dV%.1f", x(millis), bottom, y(bottom, seconds)));
		}
		add("<path stroke=\"#1f4e8c\" stroke-width=\"0.8\" d=\"%s\"/>%n", fast);
		add("<path stroke=\"#c62828\" stroke-width=\"0.8\" d=\"%s\"/>%n", slow);
	}

	private double x(int millis) {
		return LEFT + millis * this.pixelsPerMilli;
	}

	private static double y(int bottom, double seconds) {
		double decades = Math.log10(Math.max(seconds, 1e-7)) - LOWEST;
		return bottom - PANEL * Math.min(decades / (UNITS.length - 1), 1);
	}

	@SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
	private void add(String format, Object... values) {
		this.svg.append(String.format(Locale.ROOT, format, values));
	}

}
