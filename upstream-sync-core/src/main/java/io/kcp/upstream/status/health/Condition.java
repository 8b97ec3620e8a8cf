package io.kcp.upstream.status.health;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.ObjectTree;
import java.util.OptionalLong;

/** One entry of {@code status.conditions}; each field is read when a rule needs it. */
record Condition(ObjectTree tree, boolean quotable) {
  private static final FieldPath TYPE = FieldPath.of("type");

  boolean is(String type) {
    return tree.get(TYPE).filter(type::equals).isPresent();
  }

  String type() {
    return tree.string("type").orElse("");
  }

  boolean isTrue() {
    return status().equals("True");
  }

  boolean isFalse() {
    return status().equals("False");
  }

  String status() {
    return tree.string("status").orElse("");
  }

  String reason() {
    return tree.string("reason").orElse("");
  }

  boolean hasReason(String reason) {
    return reason().equals(reason);
  }

  /** Its reason where that can stand as one of ours, else {@code otherwise}. */
  String reasonOr(String otherwise) {
    return Texts.isReason(reason()) ? reason() : otherwise;
  }

  /** Its message, or {@code otherwise} when it has none or is about something secret. */
  String messageOr(String otherwise) {
    String message = quotable ? Texts.oneLine(tree.string("message").orElse("")) : "";
    return message.isEmpty() ? otherwise : message;
  }

  /** Whether it was written for an older generation than {@code generation}. */
  boolean olderThan(OptionalLong generation) {
    OptionalLong own = tree.integer("observedGeneration");
    return own.isPresent() && generation.isPresent() && own.getAsLong() < generation.getAsLong();
  }
}
