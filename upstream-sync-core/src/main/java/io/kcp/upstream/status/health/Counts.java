package io.kcp.upstream.status.health;

import com.google.common.base.Splitter;
import java.util.function.ToLongFunction;

/** Rules that compare two numbers of a workload: while they differ it is on its way. */
final class Counts {
  private Counts() {}

  /** Too few: the field, 0 when absent, is less than what is wanted. */
  static Rule fewer(String name, String field, ToLongFunction<Look> wanted, String what) {
    return new Rule(
        name,
        look -> {
          long is = look.number("status." + field, 0);
          long want = wanted.applyAsLong(look);
          return is >= want ? null : Ruling.progressing(reason(what), share(is, want, what));
        });
  }

  static String share(long is, long want, String what) {
    return "%d of %d pods %s %s".formatted(is, want, is == 1 ? "is" : "are", what);
  }

  /** As {@link #fewer}, where the field is there. */
  static Rule fewerIfPresent(String name, String field, ToLongFunction<Look> wanted, String what) {
    Rule rule = fewer(name, field, wanted, what);
    return new Rule(
        name, look -> look.number("status." + field).isEmpty() ? null : rule.judge().of(look));
  }

  /** Too many: pods beyond what is wanted are still there. */
  static Rule more(String name, ToLongFunction<Look> wanted) {
    return new Rule(
        name,
        look -> {
          long is = look.number("status.replicas", 0);
          long want = wanted.applyAsLong(look);
          return is <= want
              ? null
              : Ruling.progressing(
                  "PodsBeingRemoved", "%d pods are there, %d are wanted".formatted(is, want));
        });
  }

  static ToLongFunction<Look> status(String field) {
    return look -> look.number("status." + field, 0);
  }

  /** "up to date" makes PodsNotUpToDate. */
  private static String reason(String what) {
    StringBuilder reason = new StringBuilder("PodsNot");
    for (String word : Splitter.on(" ").split(what)) {
      reason.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
    }
    return reason.toString();
  }
}
