package io.kcp.upstream.spi;

public record ObjectKey(Side side, GroupResource resource, String namespace, String name) {
  public static ObjectKey physical(String resource, String namespace, String name) {
    return new ObjectKey(Side.PHYSICAL, GroupResource.parse(resource), namespace, name);
  }

  public static ObjectKey upstream(String resource, String namespace, String name) {
    return new ObjectKey(Side.UPSTREAM, GroupResource.parse(resource), namespace, name);
  }

  public static ObjectKey parse(String text) {
    String[] sides = text.split(":", 2);
    String[] parts = sides[1].split("/", -1);
    return new ObjectKey(
        Side.valueOf(sides[0].toUpperCase(java.util.Locale.ROOT)),
        GroupResource.parse(parts[0]),
        parts.length == 3 ? parts[1] : "",
        parts[parts.length - 1]);
  }
}
