package io.kcp.upstream.status;

import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import io.kcp.upstream.spi.ObjectTree;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Takes out of a pod what counts. Few different words are kept, each once. */
final class PodReader {
  private static final String UNSCHEDULABLE = "Unschedulable";

  private final Interner<String> words = Interners.newWeakInterner();
  private final long scheduleWindow;

  /**
   * A reader.
   *
   * @param scheduleWindow how long a pod may find no node before that is a reason, as health has it
   */
  PodReader(Duration scheduleWindow) {
    this.scheduleWindow = scheduleWindow.toSeconds();
  }

  PodFacts read(ObjectTree pod) {
    boolean ready =
        pod.items("status.conditions").stream()
            .anyMatch(each -> is(each, "type", "Ready") && is(each, "status", "True"));
    String reason = PodReasons.of(pod, ready);
    return new PodFacts(
        words.intern(pod.string("status.phase").orElse("Unknown")),
        ready,
        pod.string("metadata.deletionTimestamp").isPresent(),
        containers(pod).mapToInt(each -> (int) each.integer("restartCount").orElse(0)).sum(),
        containers(pod).mapToLong(PodReader::restartedAt).max().orElse(0),
        words.intern(reason),
        reason.equals(UNSCHEDULABLE) ? made(pod) + scheduleWindow : 0,
        words.intern(pod.string("spec.nodeName").orElse("")));
  }

  static boolean is(ObjectTree object, String field, String value) {
    return object.string(field).filter(value::equals).isPresent();
  }

  private static Stream<ObjectTree> containers(ObjectTree pod) {
    return Stream.of("status.initContainerStatuses", "status.containerStatuses")
        .map(pod::items)
        .flatMap(List::stream);
  }

  /** A container that never ran before has no last state. */
  private static long restartedAt(ObjectTree container) {
    return container.integer("restartCount").orElse(0) == 0
        ? 0
        : container.string("lastState.terminated.finishedAt").map(PodReader::seconds).orElse(0L);
  }

  private static long made(ObjectTree pod) {
    return pod.string("metadata.creationTimestamp").map(PodReader::seconds).orElse(0L);
  }

  private static long seconds(String time) {
    try {
      return Instant.parse(time).getEpochSecond();
    } catch (DateTimeException e) {
      return 0; // written by who knows whom: it counts as long ago
    }
  }
}
