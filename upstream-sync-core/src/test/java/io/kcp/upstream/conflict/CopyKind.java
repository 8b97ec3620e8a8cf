package io.kcp.upstream.conflict;

import io.kcp.upstream.discovery.MergeSchema;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.apply.Schema;
import io.kcp.upstream.testkit.apply.Schemas;
import io.kcp.upstream.transform.Objects;
import io.kcp.upstream.transform.TestSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What a copy is one of.
 *
 * @param server how the server merges it
 * @param merging how we take it to be merged
 */
record CopyKind(String resource, String apiVersion, Schema server, MergeSchema merging) {
  static final CopyKind DEPLOYMENT =
      new CopyKind(
          "deployments.apps",
          "apps/v1",
          Schemas.builtIn("apps", "v1", "Deployment"),
          TestSchema.deployment());
  static final CopyKind SECRET =
      new CopyKind("secrets", "v1", Schemas.builtIn("", "v1", "Secret"), TestSchema.deployment());

  /** One field for each way in which values merge. */
  static final CopyKind WIDGET =
      new CopyKind(
          "widgets.example.com",
          "example.com/v1",
          Schemas.ofCrd(
              Objects.yaml(widgets())
                  .items("spec.versions")
                  .get(0)
                  .tree("schema.openAPIV3Schema")
                  .map(ObjectTree::asMap)
                  .orElseThrow(),
              false,
              false),
          widget());

  private static MergeSchema widget() {
    MergeSchema scalar = TestSchema.scalar();
    MergeSchema part = TestSchema.struct("name", scalar, "size", scalar, "note", scalar);
    return TestSchema.struct(
        "apiVersion",
        scalar,
        "kind",
        scalar,
        "metadata",
        TestSchema.struct("labels", TestSchema.map(scalar), "annotations", TestSchema.map(scalar)),
        "spec",
        TestSchema.struct(
            "size", scalar,
            "other", scalar,
            "labels", TestSchema.map(scalar),
            "box", scalar,
            "tags", TestSchema.set(),
            "pairs", TestSchema.set(),
            "parts", TestSchema.listMap(part, "name"),
            "steps", scalar,
            "any", MergeSchema.deduced()));
  }

  /** The CustomResourceDefinition. */
  static String widgets() {
    try (InputStream in = CopyKind.class.getResourceAsStream("widgets.yaml")) {
      return new String(
          java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
