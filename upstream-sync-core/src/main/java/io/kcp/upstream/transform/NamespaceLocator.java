package io.kcp.upstream.transform;

import io.kcp.upstream.spi.FieldTypeException;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One {@link SyncKeys#NAMESPACE_LOCATOR}, as kcp's own syncer wrote it: {@code {"syncTarget":
 * {"cluster" or "path", "name", "uid"}, "cluster" or "workspace", "namespace"}}.
 *
 * @param target the upstream namespace; "" where it is not ours
 * @param reason why it is not ours; "" where it is
 */
public record NamespaceLocator(String target, String reason, String message) {
  /**
   * Whose locators are ours.
   *
   * @param workspaceNames how locators may call our workspace: its logical cluster, its path
   * @param uid of the SyncTarget
   */
  public record Owner(Set<String> workspaceNames, String syncTarget, String uid) {
    public Owner {
      workspaceNames = Set.copyOf(workspaceNames);
    }
  }

  private static final String KEY = "annotation " + SyncKeys.NAMESPACE_LOCATOR;

  boolean isOurs() {
    return !target.isEmpty();
  }

  static NamespaceLocator read(@Nullable String text, Owner owner) {
    if (text == null) {
      return not("LocatorMissing", "its namespace has no " + KEY);
    }
    try {
      byte[] json = text.getBytes(StandardCharsets.UTF_8);
      return judged(ObjectTree.of(Json.readObject(json)), owner);
    } catch (IOException | FieldTypeException e) {
      return not("LocatorUnreadable", "its namespace's " + KEY + " is no locator in JSON");
    }
  }

  private static NamespaceLocator judged(ObjectTree locator, Owner owner) {
    String namespace = locator.string("namespace").orElse("");
    if (namespace.isEmpty()) {
      return not("LocatorUnreadable", "its namespace's " + KEY + " names no namespace");
    }
    boolean uid = locator.string("syncTarget.uid").equals(Optional.of(owner.uid()));
    boolean name =
        owner.syncTarget().equals(locator.string("syncTarget.name").orElse(owner.syncTarget()));
    if (!uid || !name || isElsewhere(locator, "syncTarget.cluster", "syncTarget.path", owner)) {
      return not("LocatorOfAnother", "its namespace's " + KEY + " names another SyncTarget");
    }
    boolean said = locator.string("cluster").or(() -> locator.string("workspace")).isPresent();
    return said && !isElsewhere(locator, "cluster", "workspace", owner)
        ? new NamespaceLocator(namespace, "", "")
        : not("LocatorOfAnother", "its namespace's " + KEY + " names another workspace");
  }

  /** Older locators say a path, later ones the logical cluster. */
  private static boolean isElsewhere(ObjectTree locator, String field, String older, Owner owner) {
    return locator
        .string(field)
        .or(() -> locator.string(older))
        .filter(where -> !owner.workspaceNames().contains(where))
        .isPresent();
  }

  private static NamespaceLocator not(String reason, String message) {
    return new NamespaceLocator("", reason, message);
  }
}
