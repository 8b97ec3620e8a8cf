package io.kcp.upstream.conflict;

import io.kcp.upstream.spi.Decision;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.SyncKeys;
import io.kcp.upstream.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a person decided in the annotation {@link SyncKeys#RESOLVE} of a copy. */
final class PersonsWord {
  private static final String WANTED =
      "it must be JSON such as {\"spec.replicas\": \"physical\"}, with physical or upstream";

  private final Map<FieldPath, Decision> decisions = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();
  private final boolean present;

  PersonsWord(ObjectTree live) {
    Optional<String> text = Optional.ofNullable(live.annotations().get(SyncKeys.RESOLVE));
    present = text.isPresent();
    text.ifPresent(this::read);
  }

  private void read(String text) {
    try {
      Json.readObject(text.getBytes(StandardCharsets.UTF_8)).forEach(this::read);
    } catch (IOException e) {
      problems.add("annotation " + SyncKeys.RESOLVE + " can't be read: " + WANTED);
    }
  }

  private void read(String path, Object side) {
    Optional<FieldPath> field = path(path);
    Optional<Decision> decision =
        side.equals("physical")
            ? Optional.of(Decision.takePhysical())
            : Optional.of(Decision.keepUpstream()).filter(d -> side.equals("upstream"));
    if (field.isEmpty() || decision.isEmpty()) {
      problems.add(
          "annotation %s can't be obeyed for \"%s\": %s".formatted(SyncKeys.RESOLVE, path, WANTED));
    } else {
      decisions.put(field.get(), decision.get());
    }
  }

  private static Optional<FieldPath> path(String text) {
    try {
      return Optional.of(FieldPath.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // told as a problem, with the grammar
    }
  }

  /** Whether there is such an annotation, whatever it says: it is consumed. */
  boolean isPresent() {
    return present;
  }

  Map<FieldPath, Decision> decisions() {
    return decisions;
  }

  List<String> problems() {
    return problems;
  }
}
