package io.kcp.upstream.status.health;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Claims and volumes, by their phase. */
final class StorageRules {
  static final List<Rule> CLAIM =
      List.of(
          new Rule("claim.phase", look -> claim(look.text("status.phase"))),
          new Rule("claim.other-phase", StorageRules::otherPhase));

  static final List<Rule> VOLUME =
      List.of(
          new Rule("volume.phase", look -> volume(look, look.text("status.phase"))),
          new Rule("volume.other-phase", StorageRules::otherPhase));

  private StorageRules() {}

  private static @Nullable Ruling claim(String phase) {
    return switch (phase) {
      case "Bound" -> Ruling.healthy("Bound", "it has its volume");
      case "", "Pending" -> Ruling.progressing("Pending", "it has no volume yet");
      case "Lost" -> Ruling.degraded("Lost", "its volume is gone");
      default -> null;
    };
  }

  private static @Nullable Ruling volume(Look look, String phase) {
    return switch (phase) {
      case "Available", "Bound", "Released" -> Ruling.healthy(phase, "its phase is " + phase);
      case "", "Pending" -> Ruling.progressing("Pending", "it is not available yet");
      case "Failed" -> Ruling.degraded("Failed", failure(look));
      default -> null;
    };
  }

  private static String failure(Look look) {
    String message = Texts.oneLine(look.text("status.message"));
    return message.isEmpty() ? "it can't be reclaimed" : message;
  }

  private static Ruling otherPhase(Look look) {
    return Ruling.unknown(
        "UnknownPhase", "its phase is " + Texts.oneLine(look.text("status.phase")));
  }
}
