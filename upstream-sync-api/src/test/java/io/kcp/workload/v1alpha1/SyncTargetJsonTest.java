package io.kcp.workload.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kcp.workload.v1alpha1.SyncTargetSpec.ConflictRule;
import io.kcp.workload.v1alpha1.SyncTargetSpec.ResourceSelection;
import io.kcp.workload.v1alpha1.SyncTargetSpec.UpstreamSync;
import io.kubernetes.client.openapi.JSON;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyncTargetJsonTest {
  @Test
  void readsEveryLevel() {
    SyncTarget target =
        read(
            """
            {"metadata": {"name": "edge-1", "generation": 3},
             "spec": {"cells": {"region": "eu"}, "evictAfter": "2026-11-25T10:00:00Z", "upstreamSync": {
               "resources": [{"group": "apps", "resource": "deployments", "namespaces": {"include": ["team-*"]}}],
               "namespaces": {"exclude": ["test"]},
               "conflict": {"rules": [{"name": "r", "resource": "pods", "fields": ["spec"], "strategy": "s"}]},
               "deletion": {"budget": {"maxCount": 7}}}},
             "status": {"capacity": {"cpu": 4, "memory": "16Gi"},
               "conditions": [{"type": "Ready", "status": "True", "observedGeneration": 3}]}}
            """);

    UpstreamSync sync = target.getSpec().upstreamSync;
    assertThat(target).hasToString("SyncTarget edge-1");
    assertThat(target.getMetadata().getGeneration()).isEqualTo(3);
    assertThat(target.getSpec().cells).containsEntry("region", "eu");
    assertThat(target.getSpec().evictAfter).isEqualTo(OffsetDateTime.parse("2026-11-25T10:00:00Z"));
    assertThat(sync.resources.get(0).namespaces.include).containsExactly("team-*");
    assertThat(sync.namespaces.include).containsExactly("*");
    assertThat(sync.namespaces.exclude).containsExactly("test");
    assertThat(sync.conflict.strategy).isEqualTo("three-way-merge");
    assertThat(sync.conflict.rules.get(0).names).containsExactly("*");
    assertThat(sync.deletion.budget.maxCount).isEqualTo(7);
    assertThat(sync.deletion.budget.maxPercent).isEqualTo(10);
    assertThat(target.getStatus().capacity)
        .containsEntry("cpu", "4")
        .containsEntry("memory", "16Gi");
    assertThat(target.getStatus().conditions.get(0).observedGeneration).isEqualTo(3L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'apiVersion': 'workload.kcp.io/v1alpha1', 'kind': 'SyncTarget', 'spec': {'unschedulable': false}, 'new': [1, {'a': 1.50}]}",
        "{'apiVersion': 'workload.kcp.io/v1alpha1', 'kind': 'SyncTarget', 'metadata': {'name': 'a', 'new': {'x': true}}, 'spec': {'unschedulable': true, 'new': 12345678901234567890}}",
        "{'apiVersion': 'workload.kcp.io/v1alpha1', 'kind': 'SyncTarget', 'spec': {'unschedulable': false}, 'status': {'conditions': [{'type': 'Ready', 'status': 'True', 'new': ''}],"
            + " 'lastSyncerHeartbeatTime': '2026-11-25T10:00:00Z', 'upstreamSync': {'lastContactTime': '2026-11-25T10:00:00.12+01:00', 'objects': {'synced': 0, 'new': 1}, 'holds': [{'id': '1', 'type': 'NewType', 'new': []}], 'conflicts': {'new': {}}}}}",
      })
  void whatANewerServerSentIsWrittenAgain(String json) {
    JsonElement sent = JsonParser.parseString(json.replace('\'', '"'));

    JsonElement written = JsonParser.parseString(JSON.serialize(read(sent.toString())));

    assertThat(written).isEqualTo(sent);
  }

  @Test
  void aChangeLeavesWhatItDoesNotKnow() {
    SyncTarget target =
        read(
            "{'spec': {'upstreamSync': {'new': {'deep': [1]}, 'conflict': {'new': 'x', 'strategy': 'a'}}}}");

    target.getSpec().upstreamSync.conflict.strategy = "b";

    JsonElement written = JsonParser.parseString(JSON.serialize(target));
    var sync = written.getAsJsonObject().getAsJsonObject("spec").getAsJsonObject("upstreamSync");
    assertThat(sync.get("new")).hasToString("{\"deep\":[1]}");
    assertThat(sync.getAsJsonObject("conflict").get("new").getAsString()).isEqualTo("x");
    assertThat(sync.getAsJsonObject("conflict").get("strategy").getAsString()).isEqualTo("b");
  }

  @Test
  void leavesOutWhatIsEmptyButNotAnEmptiedDefault() {
    SyncTarget target = new SyncTarget();
    target.getMetadata().setName("edge-1");
    UpstreamSync sync = new UpstreamSync();
    sync.namespaces.exclude = List.of();
    ResourceSelection pods = new ResourceSelection();
    pods.resource = "pods";
    sync.resources.add(pods);
    target.getSpec().upstreamSync = sync;

    assertThat(JSON.serialize(target))
        .isEqualTo(
            "{\"apiVersion\":\"workload.kcp.io/v1alpha1\",\"kind\":\"SyncTarget\",\"metadata\":{\"name\":\"edge-1\"},"
                + "\"spec\":{\"unschedulable\":false,\"upstreamSync\":{\"paused\":false,"
                + "\"resources\":[{\"group\":\"\",\"resource\":\"pods\",\"paused\":false}],"
                + "\"namespaces\":{\"include\":[\"*\"],\"exclude\":[]},"
                + "\"namespaceMapping\":{\"type\":\"Same\"},\"namespaceCreation\":\"IfMissing\",\"schemaImport\":\"Never\","
                + "\"adoptionPolicy\":\"Never\",\"conflict\":{\"strategy\":\"three-way-merge\",\"objectOverrides\":\"Physical\","
                + "\"historyLimit\":100},\"deletion\":{\"policy\":\"Delete\","
                + "\"budget\":{\"maxCount\":50,\"maxPercent\":10,\"windowSeconds\":600}}}}}");
  }

  @Test
  void namesATimeThatIsNone() {
    assertThatThrownBy(() -> read("{'spec': {'evictAfter': 'soon'}}"))
        .hasMessageContaining("evictAfter: 'soon' is no time such as 2026-11-25T10:00:00Z");
  }

  @Test
  void nullIsAbsent() {
    SyncTarget target =
        read(
            "{'metadata': null, 'spec': {'upstreamSync': {'conflict': null, 'resources': null}}, 'status': null}");

    assertThat(target.getMetadata()).isNotNull();
    assertThat(target.getSpec().upstreamSync.conflict.historyLimit).isEqualTo(100);
    assertThat(target.getSpec().upstreamSync.resources).isEmpty();
    assertThat(target.getStatus()).isNull();
  }

  @Test
  void aListKeepsWhatItDoesNotKnow() {
    String json =
        "{'apiVersion':'workload.kcp.io/v1alpha1','kind':'SyncTargetList','metadata':{'resourceVersion':'7','shard':{'a':1}},"
            + "'items':[{'apiVersion':'workload.kcp.io/v1alpha1','kind':'SyncTarget','spec':{'unschedulable':false},'new':1}],'new':2}";
    JsonElement sent = JsonParser.parseString(json.replace('\'', '"'));

    SyncTargetList list = JSON.deserialize(sent.toString(), SyncTargetList.class);

    assertThat(list.getMetadata().getResourceVersion()).isEqualTo("7");
    assertThat(list.getItems()).hasSize(1);
    assertThat(JsonParser.parseString(JSON.serialize(list))).isEqualTo(sent);
  }

  @Test
  void partsCanBeReplaced() {
    SyncTarget target = new SyncTarget();
    SyncTargetSpec spec = new SyncTargetSpec();
    ConflictRule rule = new ConflictRule();
    rule.name = "replicas";
    spec.upstreamSync = new UpstreamSync();
    spec.upstreamSync.conflict.rules = List.of(rule);

    target.setSpec(spec);
    target.setStatus(new SyncTargetStatus());
    target.setMetadata(new io.kubernetes.client.openapi.models.V1ObjectMeta().name("edge-2"));
    SyncTargetList list = new SyncTargetList();
    list.setItems(List.of(target));
    list.setMetadata(new io.kubernetes.client.openapi.models.V1ListMeta().resourceVersion("9"));

    SyncTargetList copy = JSON.deserialize(JSON.serialize(list), SyncTargetList.class);
    assertThat(copy.getApiVersion()).isEqualTo(target.getApiVersion());
    assertThat(copy.getMetadata().getResourceVersion()).isEqualTo("9");
    assertThat(copy.getItems().get(0).getMetadata().getName()).isEqualTo("edge-2");
    assertThat(copy.getItems().get(0).getSpec().upstreamSync.conflict.rules)
        .extracting(found -> found.name)
        .containsExactly("replicas");
  }

  private static SyncTarget read(String json) {
    return JSON.deserialize(json.replace('\'', '"'), SyncTarget.class);
  }
}
