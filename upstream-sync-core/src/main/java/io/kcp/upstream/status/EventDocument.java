package io.kcp.upstream.status;

import com.google.common.base.Ascii;
import com.google.common.hash.Hashing;
import io.kcp.upstream.spi.ObjectTree;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * An Event of the core group, the form in which {@code kubectl describe} looks for them. Its name
 * follows from the object and the reason, so that a restarted syncer finds it again.
 */
final class EventDocument {
  static final String COMPONENT = "upstream-sync";

  private static final Pattern UNFIT = Pattern.compile("[^a-z0-9]+");
  private static final Pattern FIT =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final int LONGEST_NAME = 200;

  private final EventSettings settings;
  private final Subject subject;
  private final Telling telling;

  /**
   * Tells it about the copy, or else about the SyncTarget.
   *
   * @param subject the settings' SyncTarget where there is no copy
   */
  EventDocument(EventSettings settings, Subject subject, Telling telling) {
    this.settings = settings;
    this.subject = subject;
    this.telling = telling;
  }

  /** Events about cluster-scoped objects are kept in {@code default}. */
  String namespace() {
    return subject.namespace().isEmpty() ? "default" : subject.namespace();
  }

  String name() {
    String identity = subject.uid() + "\n" + telling.id().key() + "\n" + telling.id().reason();
    String hash = Hashing.sha256().hashString(identity, StandardCharsets.UTF_8).toString();
    return stem() + "." + hash.substring(0, 16);
  }

  /** Of names that are no DNS names, as those of RBAC may be, what is one. */
  private String stem() {
    String name = subject.name();
    if (name.length() <= LONGEST_NAME && FIT.matcher(name).matches()) {
      return name;
    }
    String fit = UNFIT.matcher(Ascii.toLowerCase(name)).replaceAll("-");
    return "e" + fit.substring(0, Math.min(fit.length(), LONGEST_NAME)) + "e";
  }

  /** About the SyncTarget it has to be said which object is meant. */
  String message() {
    String text = EventText.of(telling.finding().message());
    return subject.equals(settings.syncTarget()) ? telling.id().key() + ": " + text : text;
  }

  ObjectTree whole() {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("apiVersion", "v1");
    event.put("kind", "Event");
    event.put("metadata", Map.of("name", name(), "namespace", namespace()));
    event.put("involvedObject", involved());
    event.put("type", telling.type());
    event.put("reason", telling.id().reason());
    event.put("source", Map.of("component", COMPONENT));
    event.put("reportingComponent", COMPONENT);
    event.put("firstTimestamp", time(telling.begin()));
    event.putAll(changes(0));
    return ObjectTree.of(event);
  }

  private Map<String, Object> involved() {
    Map<String, Object> involved = new LinkedHashMap<>();
    involved.put("apiVersion", subject.apiVersion());
    involved.put("kind", subject.kind());
    if (!subject.namespace().isEmpty()) {
      involved.put("namespace", subject.namespace());
    }
    involved.put("name", subject.name());
    involved.put("uid", subject.uid());
    return involved;
  }

  /**
   * What becomes of an Event that is there.
   *
   * @param before how often it says that it happened
   */
  Map<String, Object> changes(long before) {
    Map<String, Object> changes = new LinkedHashMap<>();
    changes.put("message", message());
    changes.put("count", before + telling.count());
    changes.put("lastTimestamp", time(telling.last()));
    changes.put("reportingInstance", settings.identity());
    return changes;
  }

  private static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
