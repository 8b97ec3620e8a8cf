package com.example.health;

import io.kcp.upstream.spi.Health;
import io.kcp.upstream.status.health.Assessment;
import java.util.Locale;

/** One object with its verdict, as it is printed. */
record Judged(
    String apiVersion,
    String kind,
    String namespace,
    String name,
    String health,
    String reason,
    String message,
    String rule) {
  static Judged of(Given object, Assessment assessment) {
    return new Judged(
        object.apiVersion(),
        object.kind(),
        object.namespace(),
        object.name(),
        word(assessment.health()),
        assessment.reason(),
        assessment.message(),
        assessment.rule());
  }

  private static String word(Health health) {
    String name = health.name();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }

  boolean isWell() {
    return health.equals("Healthy") || health.equals("Suspended");
  }
}
