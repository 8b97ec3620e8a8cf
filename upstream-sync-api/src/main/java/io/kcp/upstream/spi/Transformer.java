package io.kcp.upstream.spi;

public interface Transformer {
  String name();

  default boolean handles(GroupResource resource) {
    return true;
  }

  ObjectTree transform(ObjectTree object, TransformContext context);
}
