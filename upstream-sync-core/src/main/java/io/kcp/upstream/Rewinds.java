package io.kcp.upstream;

import com.google.common.base.Splitter;
import com.google.common.hash.Hashing;
import io.kcp.upstream.mirror.Mirror;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.status.TargetReport;
import io.kcp.upstream.transform.SyncKeys;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A physical cluster whose resourceVersions run backwards, as after the restore of a backup: what
 * it lacks now nobody deleted. Everything waits until a person says that it is meant. Used by the
 * control's thread; {@link #hold} and {@link #isNews} by any.
 */
final class Rewinds {
  static final String TYPE = "PhysicalVersionsWentBack";
  private static final int ID_LENGTH = 12;

  private record Held(String id, Instant since, String message, List<String> resources) {}

  private final TypeMirrors mirrors;
  private final Clock clock;
  private Optional<ObjectTree> before; // for the first hold alone
  private volatile @Nullable Held held;

  /**
   * Nothing is held yet.
   *
   * @param target as it was found: a hold that its status names goes on under its id
   */
  Rewinds(TypeMirrors mirrors, Clock clock, ObjectTree target) {
    this.mirrors = mirrors;
    this.clock = clock;
    this.before =
        target.items("status.upstreamSync.holds").stream()
            .filter(hold -> hold.string("type").equals(Optional.of(TYPE)))
            .findFirst();
  }

  /** Whether {@link #look} would say otherwise than the last time. */
  boolean isNews() {
    return mirrors.rewound().isEmpty() == (held != null);
  }

  /** Why everything has to wait, {@link Trouble#NONE} when nothing has. */
  Trouble look(ObjectTree target, String physicalUid) {
    List<Mirror> rewound = mirrors.rewound();
    if (rewound.isEmpty()) {
      held = null;
      return Trouble.NONE;
    }
    Held now = held == null ? begun(rewound, physicalUid) : held;
    held = now;
    String released = target.annotations().getOrDefault(SyncKeys.RELEASE, "");
    if (Splitter.on(',').trimResults().splitToList(released).contains(now.id())) {
      mirrors.forgetVersions();
      return Trouble.NONE;
    }
    return new Trouble(TYPE, now.message());
  }

  private Held begun(List<Mirror> rewound, String physicalUid) {
    Instant since =
        before.flatMap(hold -> hold.string("since")).map(Instant::parse).orElseGet(clock::instant);
    String id = before.flatMap(hold -> hold.string("id")).orElseGet(() -> id(physicalUid, since));
    before = Optional.empty();
    String message =
        "%s; nothing is written or deleted; if that is right, annotate the SyncTarget with %s=%s"
            .formatted(rewound.get(0).message(), SyncKeys.RELEASE, id);
    List<String> resources =
        rewound.stream().map(mirror -> mirror.type().resource().toString()).sorted().toList();
    return new Held(id, since, message, resources);
  }

  /** Who releases this one releases no later one. */
  private static String id(String physicalUid, Instant since) {
    return Hashing.sha256()
        .hashString(physicalUid + " " + since, StandardCharsets.UTF_8)
        .toString()
        .substring(0, ID_LENGTH);
  }

  Optional<TargetReport.Hold> hold() {
    Held now = held;
    return now == null
        ? Optional.empty()
        : Optional.of(
            new TargetReport.Hold(now.id(), TYPE, now.since(), 0, now.message(), now.resources()));
  }
}
