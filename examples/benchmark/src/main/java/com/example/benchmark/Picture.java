package com.example.benchmark;

import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogarithmicAxis;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.svg.SVGGraphics2D;

/** Cost against the number of objects, one line for each contender, both axes logarithmic. */
final class Picture {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 440;

  private Picture() {}

  static void write(
      Path file, String across, String up, Map<String, ? extends Map<Integer, Double>> curves)
      throws IOException {
    XYSeriesCollection lines = new XYSeriesCollection();
    curves.forEach(
        (name, points) -> {
          XYSeries line = new XYSeries(name);
          points.forEach(line::add);
          lines.addSeries(line);
        });
    JFreeChart chart = ChartFactory.createXYLineChart(null, across, up, lines);
    chart.getXYPlot().setDomainAxis(new LogarithmicAxis(across));
    chart.getXYPlot().setRangeAxis(new LogarithmicAxis(up));
    SVGGraphics2D canvas = new SVGGraphics2D(WIDTH, HEIGHT);
    chart.draw(canvas, new Rectangle(WIDTH, HEIGHT));
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, canvas.getSVGDocument());
  }
}
