package io.kcp.upstream.conflict;

import io.kcp.upstream.discovery.ConflictPolicy;
import io.kcp.upstream.discovery.ConflictPolicy.ObjectOverrides;
import io.kcp.upstream.discovery.ConflictPolicy.Rule;
import io.kcp.upstream.spi.ConflictStrategy;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Desired;
import io.kcp.upstream.transform.SyncKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which strategy decides on the fields of one object: that of its annotation, else of the most
 * specific rule, else the SyncTarget's.
 */
final class Chooser {
  /**
   * @param decidedBy as records have it
   */
  record Chosen(String name, String decidedBy, Map<String, String> parameters) {}

  private final ConflictSettings settings;
  private final GroupResource resource;
  private final String objectName;
  private final List<String> problems = new ArrayList<>();
  private final Optional<String> annotated;

  /**
   * @param live empty for an object that is going to be created
   */
  Chooser(ConflictSettings settings, Desired desired, Optional<ObjectTree> live) {
    this.settings = settings;
    this.resource = desired.physical().resource();
    this.objectName = desired.physical().name();
    this.annotated = annotated(desired, live);
  }

  private Optional<String> annotated(Desired desired, Optional<ObjectTree> live) {
    ObjectOverrides who = settings.policy().objectOverrides();
    Optional<String> physical =
        Optional.ofNullable(desired.directives().get(SyncKeys.CONFLICT_STRATEGY))
            .filter(name -> who != ObjectOverrides.FORBIDDEN);
    Optional<String> upstream =
        live.map(copy -> copy.annotations().get(SyncKeys.CONFLICT_STRATEGY))
            .filter(name -> who == ObjectOverrides.BOTH);
    return physical.or(() -> upstream).filter(this::isKnown);
  }

  private boolean isKnown(String name) {
    boolean known = settings.strategies().containsKey(name);
    if (!known) {
      problems.add(
          "annotation %s names no known strategy; known are %s"
              .formatted(
                  SyncKeys.CONFLICT_STRATEGY,
                  String.join(", ", new TreeSet<>(settings.strategies().keySet()))));
    }
    return known;
  }

  Chosen chosen(FieldPath field) {
    ConflictPolicy policy = settings.policy();
    if (annotated.isPresent()) {
      return new Chosen(annotated.get(), "annotation", policy.parameters());
    }
    Optional<Rule> rule = policy.ruleFor(resource, objectName, field);
    return rule.map(r -> new Chosen(r.strategy(), r.name(), r.parameters()))
        .orElseGet(() -> new Chosen(policy.strategy(), "SyncTarget", policy.parameters()));
  }

  /** Who is asked about what another left unresolved. */
  Optional<Chosen> fallback(Chosen first) {
    return Optional.ofNullable(settings.policy().fallback())
        .filter(name -> !name.equals(first.name()))
        .map(name -> new Chosen(name, "fallback", settings.policy().parameters()));
  }

  ConflictStrategy strategy(Chosen chosen) {
    ConflictStrategy strategy = settings.strategies().get(chosen.name());
    if (strategy == null) {
      throw new IllegalStateException(
          "strategy \"%s\" of %s is none of %s"
              .formatted(chosen.name(), chosen.decidedBy(), settings.strategies().keySet()));
    }
    return strategy;
  }

  boolean needsBase(FieldPath field) {
    Chosen chosen = chosen(field);
    return strategy(chosen).needsBase()
        || fallback(chosen).filter(next -> strategy(next).needsBase()).isPresent();
  }

  /** Whether a strategy that any field of the object may have looks at what changed. */
  boolean mayNeedBase() {
    ConflictPolicy policy = settings.policy();
    return Stream.concat(
            Stream.of(annotated.orElse(policy.strategy())),
            policy.rules().stream().map(Rule::strategy))
        .map(name -> new Chosen(name, "", Map.of()))
        .anyMatch(
            chosen ->
                strategy(chosen).needsBase()
                    || fallback(chosen).filter(next -> strategy(next).needsBase()).isPresent());
  }

  /** Values of a Secret, and of fields that a rule says so of, are shown to nobody. */
  boolean isSensitive(FieldPath field) {
    return resource.equals(new GroupResource("", "secrets"))
        || settings.policy().isRedacted(resource, objectName, field);
  }

  List<String> problems() {
    return problems;
  }
}
