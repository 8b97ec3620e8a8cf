package io.kcp.upstream.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnedPartTest {
  private static final Map<String, Object> LEAF = Map.of();

  private static ObjectTree part(Map<String, ?> live, Map<String, ?> fields) {
    return OwnedPart.of(ObjectTree.of(live), FieldSet.ofFieldsV1(fields));
  }

  @Test
  void holdsOwnedFieldsAndNoOthers() {
    ObjectTree part =
        part(
            Map.of("data", Map.of("a", "1", "b", "2"), "type", "x"),
            Map.of("f:data", Map.of("f:a", LEAF)));

    assertThat(part).isEqualTo(ObjectTree.of(Map.of("data", Map.of("a", "1"))));
  }

  @Test
  void takesAnOwnedValueWhole() {
    ObjectTree part =
        part(
            Map.of("spec", Map.of("args", List.of("a", "b"), "empty", Map.of())),
            Map.of("f:spec", Map.of("f:args", LEAF, "f:empty", LEAF)));

    assertThat(part)
        .isEqualTo(
            ObjectTree.of(Map.of("spec", Map.of("args", List.of("a", "b"), "empty", Map.of()))));
  }

  @Test
  void findsItemsByTheirKeysAndMembersByTheirValue() {
    Map<String, Object> live =
        Map.of(
            "ports",
            List.of(
                Map.of("port", 80L, "protocol", "TCP", "name", "http"),
                Map.of("port", 80L, "protocol", "UDP", "name", "quic"),
                Map.of("port", 443L, "protocol", "TCP", "name", "https")),
            "finalizers",
            List.of("ours", "theirs"));
    ObjectTree part =
        part(
            live,
            Map.of(
                "f:ports",
                Map.of(
                    "k:{\"port\":80,\"protocol\":\"TCP\"}",
                    Map.of(".", LEAF, "f:port", LEAF, "f:name", LEAF)),
                "f:finalizers",
                Map.of("v:\"ours\"", LEAF)));

    assertThat(part)
        .as("a key that the server filled in is not ours")
        .isEqualTo(
            ObjectTree.of(
                Map.of(
                    "ports",
                    List.of(Map.of("port", 80L, "name", "http")),
                    "finalizers",
                    List.of("ours"))));
  }

  @Test
  void whatIsOwnedAndGoneStaysAway() {
    assertThat(part(Map.of("data", Map.of("b", "2")), Map.of("f:data", Map.of("f:a", LEAF))))
        .isEqualTo(ObjectTree.of(Map.of("data", Map.of())));
    assertThat(part(Map.of("data", Map.of()), Map.of())).isEqualTo(ObjectTree.of(Map.of()));
  }
}
