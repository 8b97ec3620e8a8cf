package io.kcp.upstream.discovery;

import com.google.common.net.UrlEscapers;
import io.kcp.upstream.spi.GroupResource;
import java.util.Set;

/**
 * One resource as one cluster serves it in one version.
 *
 * @param subresources names without the resource's own: "status", "scale"
 */
public record ResourceType(
    GroupResource resource,
    String version,
    String kind,
    boolean namespaced,
    Set<String> verbs,
    Set<String> subresources) {

  public ResourceType {
    verbs = Set.copyOf(verbs);
    subresources = Set.copyOf(subresources);
  }

  public String apiVersion() {
    return resource.group().isEmpty() ? version : resource.group() + "/" + version;
  }

  public boolean hasStatus() {
    return subresources.contains("status");
  }

  /**
   * Below this path lie the discovery document and every resource of the same group and version.
   */
  public String groupVersionPath() {
    return resource.group().isEmpty() ? "/api/" + version : "/apis/" + apiVersion();
  }

  /** The path of the collection: of one namespace, or of all where {@code namespace} is "". */
  public String path(String namespace) {
    String in = namespace.isEmpty() ? "" : "/namespaces/" + segment(namespace);
    return groupVersionPath() + in + "/" + resource.resource();
  }

  /** The path of one object; {@code namespace} is "" for a cluster-scoped one. */
  public String path(String namespace, String name) {
    return path(namespace) + "/" + segment(name);
  }

  private static String segment(String text) {
    return UrlEscapers.urlPathSegmentEscaper().escape(text);
  }
}
