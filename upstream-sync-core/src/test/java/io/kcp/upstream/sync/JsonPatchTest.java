package io.kcp.upstream.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.ObjectTree;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonPatchTest {
  private static final ObjectTree OBJECT =
      ObjectTree.of(
          Map.of(
              "metadata",
              Map.of("annotations", Map.of("a/b~c", "x"), "finalizers", List.of("f", "g")),
              "spec",
              Map.of(
                  "containers",
                  List.of(
                      Map.of("name", "a", "image", "1"),
                      Map.of("name", "b", "image", "2"),
                      Map.of("name", "c", "image", "3")),
                  "args",
                  List.of("p", "q"))));

  private static List<Object> removed(String... paths) {
    List<FieldPath> fields = List.of(paths).stream().map(FieldPath::parse).toList();
    return JsonPatch.removal(OBJECT, fields).stream().map(op -> op.get("path")).toList();
  }

  @Test
  void escapesNamesAndFindsItemsByKeyMemberAndIndex() {
    assertThat(removed("metadata.annotations[\"a/b~c\"]"))
        .containsExactly("/metadata/annotations/a~1b~0c");
    assertThat(removed("metadata.finalizers[=\"g\"]")).containsExactly("/metadata/finalizers/1");
    assertThat(removed("spec.args[0]")).containsExactly("/spec/args/0");
    assertThat(removed("spec.containers[name=\"b\"].image"))
        .containsExactly("/spec/containers/1/image");
  }

  @Test
  void removesLaterItemsFirstAndPartsBeforeTheirWhole() {
    assertThat(
            removed(
                "spec.containers[name=\"a\"]",
                "spec.containers[name=\"c\"]",
                "spec.containers[name=\"c\"].image"))
        .containsExactly("/spec/containers/2/image", "/spec/containers/2", "/spec/containers/0");
  }

  @Test
  void passesOverWhatIsNotThere() {
    assertThat(removed("spec.replicas", "spec.containers[name=\"z\"].image", "spec.args.x"))
        .isEmpty();
  }
}
