package io.kcp.upstream.status.health;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Kinds with little to say. */
final class OtherRules {
  static final List<Rule> DATA =
      List.of(new Rule("data.exists", look -> Ruling.healthy("Exists", "it exists")));

  static final List<Rule> WORKFLOW =
      List.of(
          new Rule("workflow.phase", OtherRules::workflow),
          new Rule(
              "workflow.other-phase",
              look ->
                  Ruling.unknown(
                      "UnknownPhase", "its phase is " + Texts.oneLine(look.text("status.phase")))));

  private OtherRules() {}

  static @Nullable Ruling workflow(Look look) {
    String phase = look.text("status.phase");
    String message = Texts.oneLine(look.text("status.message"));
    String text = message.isEmpty() ? "its phase is " + phase : message;
    return switch (phase) {
      case "" -> Ruling.progressing("NoStatus", "it is not started yet");
      case "Pending", "Running" -> Ruling.progressing(phase, text);
      case "Succeeded" -> Ruling.healthy(phase, text).asFinished();
      case "Failed", "Error" -> Ruling.degraded(phase, text).asFinished();
      default -> null;
    };
  }
}
