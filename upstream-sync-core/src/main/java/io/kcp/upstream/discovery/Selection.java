package io.kcp.upstream.discovery;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A SyncTarget's {@code spec.upstreamSync}, checked and compiled: what is pulled up, and how.
 * Immutable, and safe for any number of threads.
 */
public final class Selection {
  private static final GroupResource NAMESPACES = GroupResource.parse("namespaces");

  private final boolean active;
  private final TypeRules types;
  private final ObjectFilter common;
  private final Handling handling;

  Selection(boolean active, TypeRules types, ObjectFilter common, Handling handling) {
    this.active = active;
    this.types = types;
    this.common = common;
    this.handling = handling;
  }

  /**
   * Reads a SyncTarget; what its spec leaves out has the CRD's defaults.
   *
   * @param strategies the names of all conflict strategies there are, the built-in ones too
   * @param transformers the names of all transformers there are
   * @throws InvalidSpecException for the first field that can't be obeyed
   */
  public static Selection of(
      ObjectTree syncTarget, Set<String> strategies, Set<String> transformers) {
    return new SelectionReader(strategies, transformers).read(syncTarget);
  }

  /** False without {@code spec.upstreamSync}: nothing is selected, written or deleted. */
  public boolean active() {
    return active;
  }

  /** Whether all pulling is paused at this moment. */
  public boolean paused(Instant now) {
    return handling.paused() && pausedUntil().map(now::isBefore).orElse(true);
  }

  /** Whether objects of this type are to be left as they are: all are paused, or these. */
  public boolean paused(GroupResource type, Instant now) {
    return paused(now) || types.isPaused(type);
  }

  /** When the pause of everything ends by itself. */
  public Optional<Instant> pausedUntil() {
    return Optional.ofNullable(handling.pausedUntil());
  }

  /** Whether an entry selects the type; whether anybody serves it is another question. */
  public boolean selects(GroupResource type) {
    return active && types.ruleFor(type).isPresent();
  }

  /** Empty when the type is selected, else why it is not. */
  public Optional<NotSelected> leftOut(GroupResource type) {
    return active ? types.leftOut(type) : inactive();
  }

  /** The types that the spec names by themselves, whether anybody serves them or not. */
  public Set<GroupResource> named() {
    return types.named();
  }

  /**
   * Empty when the physical object is selected, else why it is not; see {@link
   * NotSelected#isCertain}. {@code object} needs its metadata, a Secret its type too.
   */
  public Optional<NotSelected> leftOut(
      GroupResource type, ObjectTree object, NamespaceLabels namespaces) {
    Optional<NotSelected> byType = leftOut(type);
    if (byType.isPresent()) {
      return byType;
    }
    Optional<NotSelected> never = NeverPulled.object(type, object);
    if (never.isPresent()) {
      return never;
    }
    return filters(type)
        .flatMap(filter -> leftOut(filter, type, object, namespaces).stream())
        .findFirst();
  }

  private Stream<ObjectFilter> filters(GroupResource type) {
    return Stream.concat(Stream.of(common), types.ruleFor(type).map(TypeRule::filter).stream());
  }

  private static Optional<NotSelected> leftOut(
      ObjectFilter filter, GroupResource type, ObjectTree object, NamespaceLabels namespaces) {
    Optional<NotSelected> byLabels = filter.leftOutByLabels(object.labels());
    if (byLabels.isPresent()) {
      return byLabels;
    }
    if (type.equals(NAMESPACES)) { // as in admission webhooks, a namespace counts as in itself
      return filter.leftOutByNamespace(object.name(), name -> Optional.of(object.labels()));
    }
    return object.namespace().isEmpty()
        ? Optional.empty()
        : filter.leftOutByNamespace(object.namespace(), namespaces);
  }

  /** Whether {@link #leftOut(GroupResource, ObjectTree, NamespaceLabels)} ever asks for labels. */
  public boolean needsNamespaceLabels() {
    return active
        && Stream.concat(Stream.of(common), types.filters())
            .anyMatch(filter -> !filter.namespaceSelector().isEverything());
  }

  /** The UID that the physical cluster's kube-system must have. */
  public Optional<String> physicalClusterUid() {
    return handling.physicalClusterUid();
  }

  public NamespaceMappingSpec namespaceMapping() {
    return handling.namespaceMapping();
  }

  /** Whether namespaces that the workspace lacks are created. */
  public boolean createsNamespaces() {
    return handling.createsNamespaces();
  }

  /** Whether CRDs that the workspace lacks are created. */
  public boolean importsSchemas() {
    return handling.importsSchemas();
  }

  public AdoptionPolicy adoptionPolicy() {
    return handling.adoptionPolicy();
  }

  /** In the order in which they act. */
  public List<TransformerRef> transformers() {
    return handling.transformers();
  }

  public ConflictPolicy conflict() {
    return handling.conflict();
  }

  public DeletionPolicy deletion() {
    return handling.deletion();
  }

  private static Optional<NotSelected> inactive() {
    return Optional.of(
        new NotSelected("Inactive", "the SyncTarget has no " + SelectionReader.PATH));
  }
}
