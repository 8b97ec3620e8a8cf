package io.kcp.upstream.discovery;

import com.google.common.collect.Sets;
import io.kcp.upstream.spi.GroupResource;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * What differs between two {@link TypeSet#synced}, and has to be done about it.
 *
 * @param added to be watched from now on
 * @param removed not to be watched any longer; which says nothing about their objects
 * @param replaced to be watched anew: another version, kind or scope
 * @param reshaped watched as before, but each object is to be made again: another schema, or other
 *     subresources
 */
public record TypeSetChange(
    Set<GroupResource> added,
    Set<GroupResource> removed,
    Set<GroupResource> replaced,
    Set<GroupResource> reshaped) {

  public TypeSetChange {
    added = Set.copyOf(added);
    removed = Set.copyOf(removed);
    replaced = Set.copyOf(replaced);
    reshaped = Set.copyOf(reshaped);
  }

  /** What to do when {@code after} follows {@code before}. */
  public static TypeSetChange between(TypeSet before, TypeSet after) {
    Set<GroupResource> earlier = before.synced().keySet();
    Set<GroupResource> later = after.synced().keySet();
    Set<GroupResource> replaced = where(before, after, TypeSetChange::isReplaced);
    return new TypeSetChange(
        Sets.difference(later, earlier),
        Sets.difference(earlier, later),
        replaced,
        Sets.difference(where(before, after, TypeSetChange::isReshaped), replaced));
  }

  private static Set<GroupResource> where(
      TypeSet before, TypeSet after, BiPredicate<SyncedType, SyncedType> differ) {
    return before.synced().values().stream()
        .filter(
            old -> {
              SyncedType now = after.synced().get(old.resource());
              return now != null && differ.test(old, now);
            })
        .map(SyncedType::resource)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isReplaced(SyncedType before, SyncedType after) {
    return isReplaced(before.physical(), after.physical())
        || isReplaced(before.upstream(), after.upstream());
  }

  private static boolean isReplaced(ResourceType before, ResourceType after) {
    return !before.version().equals(after.version())
        || !before.kind().equals(after.kind())
        || before.namespaced() != after.namespaced();
  }

  @SuppressWarnings("ReferenceEquality") // the same instance as long as it says the same
  private static boolean isReshaped(SyncedType before, SyncedType after) {
    return before.schema() != after.schema()
        || !before.physical().subresources().equals(after.physical().subresources())
        || !before.upstream().subresources().equals(after.upstream().subresources());
  }

  public boolean isEmpty() {
    return added.isEmpty() && removed.isEmpty() && replaced.isEmpty() && reshaped.isEmpty();
  }
}
