package com.example.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.spi.TransformContext;
import io.kcp.upstream.spi.Transformer;
import io.kcp.upstream.testkit.TransformerContract;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PublicImagesTest extends TransformerContract {
  @Override
  protected Transformer transformer() {
    return new PublicImages();
  }

  @Override
  protected Stream<ObjectTree> samples() {
    return Stream.of(
        deployment("mirror.internal/library/nginx:1.27", "quay.io/other:1"),
        deployment(),
        deployment().without("spec"));
  }

  @Test
  void takesTheMirrorOffImagesThatHaveIt() {
    ObjectTree shown =
        transform(deployment("mirror.internal/library/nginx:1.27", "quay.io/other:1"), Map.of());

    assertThat(shown).isEqualTo(deployment("library/nginx:1.27", "quay.io/other:1"));
  }

  @Test
  void theMirrorIsAParameter() {
    ObjectTree shown =
        transform(deployment("mirror.internal/a", "eu.mirror/b"), Map.of("mirror", "eu.mirror/"));

    assertThat(shown).isEqualTo(deployment("mirror.internal/a", "b"));
  }

  @Test
  void looksAtWorkloadsOnly() {
    assertThat(new PublicImages().handles(GroupResource.parse("deployments.apps"))).isTrue();
    assertThat(new PublicImages().handles(GroupResource.parse("configmaps"))).isFalse();
  }

  private static ObjectTree transform(ObjectTree object, Map<String, String> parameters) {
    return new PublicImages().transform(object, new Context(parameters));
  }

  private static ObjectTree deployment(String... images) {
    List<Map<String, String>> containers =
        Stream.of(images).map(image -> Map.of("name", "c", "image", image)).toList();
    return ObjectTree.of(
        Map.of(
            "apiVersion",
            "apps/v1",
            "kind",
            "Deployment",
            "metadata",
            Map.of("name", "web", "namespace", "shop"),
            "spec",
            Map.of("template", Map.of("spec", Map.of("containers", containers)))));
  }

  private record Context(Map<String, String> parameters) implements TransformContext {
    @Override
    public ObjectKey physical() {
      return ObjectKey.physical("deployments.apps", "shop", "web");
    }

    @Override
    public ObjectKey upstream() {
      return ObjectKey.upstream("deployments.apps", "shop", "web");
    }

    @Override
    public String syncTarget() {
      return "edge-1";
    }

    @Override
    public Map<String, String> syncTargetLabels() {
      return Map.of();
    }
  }
}
