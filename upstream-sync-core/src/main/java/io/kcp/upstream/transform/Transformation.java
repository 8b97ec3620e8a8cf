package io.kcp.upstream.transform;

import io.kcp.upstream.discovery.SyncedType;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.spi.Side;
import java.util.Map;
import java.util.Optional;

/**
 * Physical objects to desired objects, for one state of one SyncTarget: cleaned by kind, changed by
 * the transformers, sealed. Safe for use by many threads; pure as far as the transformers are.
 */
public final class Transformation {
  private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");

  private final TransformSettings settings;
  private final TransformerChain chain;
  private final Seal seal;

  public Transformation(TransformSettings settings, PluginCalls plugins) {
    this.settings = settings;
    this.chain = new TransformerChain(settings, plugins);
    this.seal = new Seal(settings);
  }

  /**
   * What the object should be upstream. Throws {@link TransformException} when its namespace has no
   * place upstream, or a transformer breaks its contract.
   */
  public Desired desired(SyncedType type, ObjectTree physical, OwnerLookup owners) {
    ObjectKey from =
        new ObjectKey(Side.PHYSICAL, type.resource(), physical.namespace(), physical.name());
    ObjectKey to =
        upstream(from)
            .orElseThrow(
                () ->
                    new TransformException(
                        "NamespaceNotMapped",
                        "the namespace of %s has no place upstream".formatted(from),
                        null));
    ObjectTree cleaned = Cleaning.of(type.resource()).clean(typed(type, physical));
    TransformerChain.Outcome changed = chain.run(cleaned, from, to);
    Seal.Sealed sealed = seal.seal(type, changed.object(), new Seal.Source(physical, to, owners));
    return new Desired(
        type,
        from,
        to,
        sealed.object(),
        sealed.status(),
        origin(physical),
        directives(physical),
        changed.transformers());
  }

  /** Items of a list do not say of which type they are. */
  private static ObjectTree typed(SyncedType type, ObjectTree physical) {
    return physical
        .with("apiVersion", type.physical().apiVersion())
        .with("kind", type.physical().kind());
  }

  /** The key of the copy; empty when its namespace has no place upstream. */
  public Optional<ObjectKey> upstream(ObjectKey physical) {
    GroupResource resource = physical.resource();
    if (resource.equals(NAMESPACES)) {
      return settings
          .namespaces()
          .toUpstream(physical.name())
          .map(name -> new ObjectKey(Side.UPSTREAM, resource, "", name));
    }
    return settings
        .namespaces()
        .toUpstream(physical.namespace())
        .map(namespace -> new ObjectKey(Side.UPSTREAM, resource, namespace, physical.name()));
  }

  /** Which namespace is which. */
  public NamespaceMapping namespaces() {
    return settings.namespaces();
  }

  /** Why {@link #upstream} is empty. */
  public Unplaced whyNot(ObjectKey physical) {
    boolean itself = physical.resource().equals(NAMESPACES);
    return settings.namespaces().whyNot(itself ? physical.name() : physical.namespace());
  }

  /** The key that a copy would have been made from; empty when nothing is pulled to that place. */
  public Optional<ObjectKey> physical(ObjectKey upstream) {
    GroupResource resource = upstream.resource();
    if (resource.equals(NAMESPACES)) {
      return settings
          .namespaces()
          .toPhysical(upstream.name())
          .map(name -> new ObjectKey(Side.PHYSICAL, resource, "", name));
    }
    return settings
        .namespaces()
        .toPhysical(upstream.namespace())
        .map(namespace -> new ObjectKey(Side.PHYSICAL, resource, namespace, upstream.name()));
  }

  private static Desired.Origin origin(ObjectTree physical) {
    return new Desired.Origin(
        physical.string("metadata.uid").orElse(""),
        physical.string("metadata.resourceVersion").orElse(""),
        physical.integer("metadata.generation").orElse(0));
  }

  private static Map<String, String> directives(ObjectTree physical) {
    return OwnKeys.annotations(physical);
  }
}
