package io.kcp.upstream.testkit.server;

import java.util.concurrent.ThreadLocalRandom;

/** Names made of {@code metadata.generateName}. */
final class GeneratedName {
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
  private static final int SUFFIX = 5;
  private static final int MAX_BASE = 63 - SUFFIX;

  private GeneratedName() {}

  static String of(String base) {
    StringBuilder name = new StringBuilder(base.substring(0, Math.min(MAX_BASE, base.length())));
    for (int i = 0; i < SUFFIX; i++) {
      name.append(ALPHABET.charAt(ThreadLocalRandom.current().nextInt(ALPHABET.length())));
    }
    return name.toString();
  }
}
