package io.kcp.upstream.conflict;

import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes records of rulings: without values where those are sensitive, else with short ones. */
final class Records {
  private static final int LONGEST = 1024;

  private final ConflictSettings settings;
  private final Clock clock;

  Records(ConflictSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  ConflictRecord of(Ruling ruling, Sides sides) {
    Asked question = ruling.question();
    boolean shown = !question.sensitive();
    return new ConflictRecord(
        clock.instant(),
        settings.workspace(),
        settings.syncTarget(),
        sides.dispute().desired().physical(),
        sides.copy(),
        question.path(),
        question.physicalChange(),
        question.upstreamChange(),
        shown ? cut(question.physicalValue()) : null,
        shown ? cut(question.upstreamValue()) : null,
        question.otherManagers(),
        ruling.outcome(),
        ruling.by().name(),
        ruling.by().decidedBy(),
        ruling.reason());
  }

  /** The record as of another time. */
  static ConflictRecord at(Instant time, ConflictRecord r) {
    return new ConflictRecord(
        time,
        r.workspace(),
        r.syncTarget(),
        r.physical(),
        r.upstream(),
        r.field(),
        r.physicalChange(),
        r.upstreamChange(),
        r.physicalValue(),
        r.upstreamValue(),
        r.otherManagers(),
        r.outcome(),
        r.strategy(),
        r.decidedBy(),
        r.reason());
  }

  /** The value, or the beginning of its JSON. */
  private static @Nullable Object cut(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    byte[] json = Json.write(value);
    if (json.length <= LONGEST) {
      return value;
    }
    String text = new String(json, 0, LONGEST, StandardCharsets.UTF_8);
    return text.replaceAll("\uFFFD+$", "") + "…"; // a character cut in two is left out
  }
}
