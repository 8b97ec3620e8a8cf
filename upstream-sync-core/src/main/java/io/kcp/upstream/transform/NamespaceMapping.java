package io.kcp.upstream.transform;

import io.kcp.upstream.spi.ObjectTree;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which physical namespace is which upstream. "", of cluster-scoped objects, is "" on both. */
public interface NamespaceMapping {
  /** Empty when the namespace has no place upstream. */
  Optional<String> toUpstream(String physical);

  /** Empty when nothing is pulled into this namespace. */
  Optional<String> toPhysical(String upstream);

  /** How names begin that stand for an upstream namespace which belongs to no physical one. */
  String STRAY = "upstream-sync-stray-";

  /** Whether this is no namespace, but stands for one upstream that belongs to none any more. */
  static boolean isStray(String physical) {
    return physical.startsWith(STRAY);
  }

  /** Of a namespace that {@link #toUpstream} has no answer for. */
  default Unplaced whyNot(String physical) {
    return new Unplaced(
        Unplaced.Kind.SKIPPED, "NamespaceNotMapped", "its namespace has no place upstream");
  }

  /** Whether this physical namespace, read live, is to be found upstream as {@code upstream}. */
  default boolean claims(ObjectTree namespace, String upstream) {
    return toUpstream(namespace.name()).filter(upstream::equals).isPresent();
  }

  /** Every namespace keeps its name. */
  static NamespaceMapping same() {
    return SameNamespaces.INSTANCE;
  }

  /** Names get this prefix; one that would then be too long has no place upstream. */
  static NamespaceMapping prefix(String prefix) {
    return new PrefixedNamespaces(prefix);
  }
}

/** {@code namespaceMapping.type: Same}. */
enum SameNamespaces implements NamespaceMapping {
  INSTANCE;

  @Override
  public Optional<String> toUpstream(String physical) {
    return Optional.of(physical);
  }

  @Override
  public Optional<String> toPhysical(String upstream) {
    return Optional.of(upstream);
  }
}

/** {@code namespaceMapping.type: Prefix}. */
record PrefixedNamespaces(String prefix) implements NamespaceMapping {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  @Override
  public Optional<String> toUpstream(String physical) {
    return physical.isEmpty()
        ? Optional.of("")
        : Optional.of(prefix + physical).filter(name -> LABEL.matcher(name).matches());
  }

  @Override
  public Optional<String> toPhysical(String upstream) {
    if (upstream.isEmpty()) {
      return Optional.of("");
    }
    boolean ours = upstream.startsWith(prefix) && upstream.length() > prefix.length();
    return ours ? Optional.of(upstream.substring(prefix.length())) : Optional.empty();
  }
}
