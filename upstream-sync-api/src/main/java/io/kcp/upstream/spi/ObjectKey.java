package io.kcp.upstream.spi;

import java.util.Locale;

/**
 * Which object on which side, never in which version. The side belongs to it, as names differ once
 * namespaces are mapped. Written {@code physical:deployments.apps/shop/web}, and {@code
 * upstream:nodes/n1} for a cluster-scoped object.
 *
 * @param side the cluster that holds the object
 * @param resource its type
 * @param namespace its namespace; empty for a cluster-scoped object
 * @param name its name
 */
public record ObjectKey(Side side, GroupResource resource, String namespace, String name) {
  /**
   * Refuses a namespace that is no DNS label and a name that is no path segment of a URL.
   *
   * @param side the cluster
   * @param resource the type
   * @param namespace the namespace
   * @param name the name
   */
  public ObjectKey {
    if (!namespace.isEmpty() && !DnsName.isLabel(namespace)) {
      throw new IllegalArgumentException(
          "namespace: '%s' is no DNS label such as shop".formatted(namespace));
    }
    if (name.isEmpty()
        || name.equals(".")
        || name.equals("..")
        || name.indexOf('/') >= 0
        || name.indexOf('%') >= 0) {
      throw new IllegalArgumentException(
          "name: '%s' is no object name: it must not be empty, '.' or '..', nor have '/' or '%%'"
              .formatted(name));
    }
  }

  /**
   * Names an object of the physical cluster.
   *
   * @param resource a type, as {@link GroupResource#parse} reads it
   * @param namespace the namespace; empty for a cluster-scoped object
   * @param name the name
   * @return the key
   */
  public static ObjectKey physical(String resource, String namespace, String name) {
    return new ObjectKey(Side.PHYSICAL, GroupResource.parse(resource), namespace, name);
  }

  /**
   * Names an object of the workspace.
   *
   * @param resource a type, as {@link GroupResource#parse} reads it
   * @param namespace the namespace; empty for a cluster-scoped object
   * @param name the name
   * @return the key
   */
  public static ObjectKey upstream(String resource, String namespace, String name) {
    return new ObjectKey(Side.UPSTREAM, GroupResource.parse(resource), namespace, name);
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @param text such as {@code physical:deployments.apps/shop/web}
   * @return the key
   * @throws IllegalArgumentException if the text is none; the message has it, and what would be
   *     right
   */
  public static ObjectKey parse(String text) {
    int colon = text.indexOf(':'); // the first one: names such as system:node have more
    String[] parts = text.substring(colon + 1).split("/", -1);
    if (parts.length < 2 || parts.length > 3 || (parts.length == 3 && parts[1].isEmpty())) {
      throw notAKey(text);
    }
    Side side =
        switch (text.substring(0, Math.max(colon, 0))) {
          case "physical" -> Side.PHYSICAL;
          case "upstream" -> Side.UPSTREAM;
          default -> throw notAKey(text);
        };
    String namespace = parts.length == 3 ? parts[1] : "";
    return new ObjectKey(side, GroupResource.parse(parts[0]), namespace, parts[parts.length - 1]);
  }

  private static IllegalArgumentException notAKey(String text) {
    return new IllegalArgumentException(
        "not an object key: '%s': expected one such as physical:deployments.apps/shop/web or upstream:nodes/n1"
            .formatted(text));
  }

  /** Returns the text that {@link #parse} reads. */
  @Override
  public String toString() {
    return side.name().toLowerCase(Locale.ROOT)
        + ":"
        + resource
        + "/"
        + (namespace.isEmpty() ? "" : namespace + "/")
        + name;
  }
}
