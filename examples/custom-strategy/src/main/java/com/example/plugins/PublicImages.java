package com.example.plugins;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.spi.TransformContext;
import io.kcp.upstream.spi.Transformer;

/** Images that a cluster pulls by way of its mirror are shown by their public names. */
public class PublicImages implements Transformer {
  @Override
  public String name() {
    return "acme.example.com/public-images";
  }

  @Override
  public boolean handles(GroupResource resource) {
    return resource.group().equals("apps");
  }

  @Override
  public ObjectTree transform(ObjectTree object, TransformContext context) {
    String mirror = context.parameters().getOrDefault("mirror", "mirror.internal/");
    return object.mapStrings(
        "spec.template.spec.containers[*].image",
        image -> image.startsWith(mirror) ? image.substring(mirror.length()) : image);
  }
}
