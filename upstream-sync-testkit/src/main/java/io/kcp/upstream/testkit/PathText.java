package io.kcp.upstream.testkit;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.testkit.Asked.Place;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A request's path, read as an API server does.
 *
 * @param workspace of {@code /clusters/<workspace>/…}; "" elsewhere
 * @param watch whether it has the old {@code /watch/} in it
 */
record PathText(String workspace, boolean watch, Place place) {
  private static final Set<String> OF_A_NAMESPACE_ITSELF = Set.of("status", "finalize");

  static PathText parse(String path) {
    String workspace = "";
    String rest = path;
    if (path.startsWith("/clusters/")) {
      int end = path.indexOf('/', "/clusters/".length());
      workspace = decode(path.substring("/clusters/".length(), end < 0 ? path.length() : end));
      rest = end < 0 ? "/" : path.substring(end);
    }
    List<String> segments = segments(rest);
    String group = group(segments);
    int head = group.isEmpty() ? 2 : 3;
    List<String> tail = segments.subList(Math.min(head, segments.size()), segments.size());
    boolean api = rest.startsWith("/api/") || rest.startsWith("/apis/");
    if (!api || tail.isEmpty()) {
      return new PathText(workspace, false, Place.path(rest));
    }
    boolean watch = tail.get(0).equals("watch") && tail.size() > 1;
    List<String> object = watch ? tail.subList(1, tail.size()) : tail;
    return new PathText(workspace, watch, place(group, object, rest));
  }

  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      if (!segment.isEmpty()) {
        segments.add(decode(segment));
      }
    }
    return segments;
  }

  private static String group(List<String> segments) {
    return segments.size() > 1 && segments.get(0).equals("apis") ? segments.get(1) : "";
  }

  private static Place place(String group, List<String> path, String whole) {
    boolean namespaced =
        path.get(0).equals("namespaces")
            && path.size() > 2
            && !OF_A_NAMESPACE_ITSELF.contains(path.get(2));
    List<String> rest = namespaced ? path.subList(2, path.size()) : path;
    try {
      return new Place(
          new GroupResource(group, rest.get(0)),
          namespaced ? path.get(1) : "",
          rest.size() > 1 ? rest.get(1) : "",
          rest.size() > 2 ? String.join("/", rest.subList(2, rest.size())) : "");
    } catch (IllegalArgumentException e) {
      return Place.path(whole); // no resource can have such a name
    }
  }

  private static String decode(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return segment; // the server will refuse it
    }
  }
}
