package io.kcp.upstream.spi;

/**
 * A type of Kubernetes objects, by its API group and the plural of its name, never by a version:
 * {@code deployments.apps}; {@code configmaps} is of the core group.
 *
 * @param group the API group, such as {@code apps}; empty for the core group
 * @param resource the plural in lower case, such as {@code deployments}
 */
public record GroupResource(String group, String resource) {
  /**
   * Refuses what is no group (a DNS subdomain or empty) and no resource (a DNS label).
   *
   * @param group the API group
   * @param resource the plural
   */
  public GroupResource {
    if (!group.isEmpty() && !DnsName.isSubdomain(group)) {
      throw new IllegalArgumentException(
          "group: '%s' is no DNS subdomain such as apps or batch.example.com".formatted(group));
    }
    if (!DnsName.isLabel(resource)) {
      throw new IllegalArgumentException(
          "resource: '%s' is no plural in lower case such as deployments".formatted(resource));
    }
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @param text {@code resource.group}, or {@code resource} for the core group
   * @return the type
   * @throws IllegalArgumentException if the text is none; the message has it, and what would be
   *     right
   */
  public static GroupResource parse(String text) {
    int dot = text.indexOf('.');
    if (dot == text.length() - 1) {
      throw new IllegalArgumentException(
          "not a resource: '%s': expected one such as deployments.apps or configmaps"
              .formatted(text));
    }
    return dot < 0
        ? new GroupResource("", text)
        : new GroupResource(text.substring(dot + 1), text.substring(0, dot));
  }

  /** Returns {@code resource.group}, or {@code resource} in the core group. */
  @Override
  public String toString() {
    return group.isEmpty() ? resource : resource + "." + group;
  }
}
