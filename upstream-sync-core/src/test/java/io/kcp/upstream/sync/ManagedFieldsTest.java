package io.kcp.upstream.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Owned;
import io.kcp.upstream.transform.OwnedFields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManagedFieldsTest {
  private static final FieldSet COLOR = FieldSet.of(FieldPath.of("data", "color"));

  private static Map<String, Object> entry(String manager, String operation, String subresource) {
    return Map.of(
        "manager",
        manager,
        "operation",
        operation,
        "apiVersion",
        "v1",
        "time",
        "2030-01-01T00:00:00Z",
        "fieldsType",
        "FieldsV1",
        "subresource",
        subresource,
        "fieldsV1",
        Map.of("f:data", Map.of("f:size", Map.of())));
  }

  private static ObjectTree managedBy(Map<?, ?>... entries) {
    return ObjectTree.of(
        Map.of("apiVersion", "v1", "metadata", Map.of("managedFields", List.of(entries))));
  }

  @Test
  void replacesOurOwnEntriesByOneOfAnApplyAndKeepsTheOthers() {
    ObjectTree made =
        managedBy(
            entry("us", "Update", ""),
            entry("kubectl", "Update", ""),
            entry("us", "Apply", "status"));

    Object entries = ManagedFields.asApplied(made, "us", COLOR).get(0).get("value");
    ObjectTree after = made.with("metadata.managedFields", entries);

    assertThat(OwnedFields.of(after, "us", "")).contains(new Owned(Owned.Operation.APPLY, COLOR));
    assertThat(OwnedFields.entries(after))
        .extracting(each -> each.manager() + " " + each.operation() + " " + each.subresource())
        .containsExactly("kubectl UPDATE ", "us APPLY status", "us APPLY ");
    assertThat(after.items("metadata.managedFields").get(2).string("time"))
        .contains("2030-01-01T00:00:00Z");
  }

  @Test
  void fieldsTakenFromOthersAreOursAlone() {
    Map<String, Object> both = new HashMap<>(entry("tenant", "Update", ""));
    both.put("fieldsV1", Map.of("f:data", Map.of("f:size", Map.of(), "f:color", Map.of())));
    ObjectTree shared =
        managedBy(entry("us", "Apply", ""), both, entry("controller", "Update", ""));
    FieldSet size = FieldSet.of(FieldPath.of("data", "size"));

    Object entries = ManagedFields.taken(shared, "us", FieldSet.of(), size).get(0).get("value");
    ObjectTree after = shared.with("metadata.managedFields", entries);

    assertThat(OwnedFields.entries(after))
        .containsExactly(
            new OwnedFields.Entry("tenant", Owned.Operation.UPDATE, "", COLOR),
            new OwnedFields.Entry("us", Owned.Operation.APPLY, "", size));
  }

  @Test
  void managersStayShortEnoughForAServer() {
    assertThat(FieldManagers.of("edge-1", "key"))
        .isEqualTo(new FieldManagers("upstream-sync/edge-1", "upstream-sync/edge-1-status"));
    assertThat(FieldManagers.of("x".repeat(120), "key").main()).isEqualTo("upstream-sync/key");
    assertThat(FieldManagers.of("x".repeat(107), "key").status()).hasSize(128);
  }
}
