package io.kcp.upstream.testkit;

import io.kcp.upstream.spi.GroupResource;
import java.util.function.Predicate;

/** The texts by which faults and journals name requests. */
final class ResourcePattern {
  private ResourcePattern() {}

  /**
   * @throws IllegalArgumentException when the text is neither a resource, a resource and its
   *     subresource, a path nor {@code *}
   */
  static Predicate<Asked> parse(String text) {
    if (text.equals("*")) {
      return asked -> true;
    }
    if (text.startsWith("/")) {
      return asked ->
          asked.place().resource().equals(Asked.PATHS) && asked.place().name().equals(text);
    }
    int slash = text.indexOf('/');
    GroupResource resource = GroupResource.parse(slash < 0 ? text : text.substring(0, slash));
    String subresource = slash < 0 ? "" : text.substring(slash + 1);
    return asked ->
        asked.place().resource().equals(resource)
            && asked.place().subresource().equals(subresource);
  }
}
