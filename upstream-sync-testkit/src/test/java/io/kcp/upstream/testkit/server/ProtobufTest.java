package io.kcp.upstream.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.kubernetes.client.proto.IntStr;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Resource.Quantity;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Apps;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProtobufTest {
  private static byte[] body(String apiVersion, String kind, Message message) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(new byte[] {'k', '8', 's', 0});
    bytes.write(
        Runtime.Unknown.newBuilder()
            .setTypeMeta(Runtime.TypeMeta.newBuilder().setApiVersion(apiVersion).setKind(kind))
            .setRaw(message.toByteString())
            .build()
            .toByteArray());
    return bytes.toByteArray();
  }

  @Test
  void readsMapsBytesAndWhatIsUnset() throws IOException {
    V1.Secret secret =
        V1.Secret.newBuilder()
            .setMetadata(
                Meta.ObjectMeta.newBuilder()
                    .setName("s")
                    .setGenerateName("")
                    .setCreationTimestamp(Meta.Time.newBuilder())
                    .putLabels("app", "web"))
            .setType("Opaque")
            .putData("a", ByteString.copyFrom("b", StandardCharsets.UTF_8))
            .build();

    assertThat(Protobuf.object(body("v1", "Secret", secret)))
        .contains(
            Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Secret",
                "metadata",
                Map.of("name", "s", "labels", Map.of("app", "web")),
                "type",
                "Opaque",
                "data",
                Map.of("a", "Yg==")));
  }

  @Test
  void readsWhatHasItsOwnFormInJson() throws IOException {
    V1.Container container =
        V1.Container.newBuilder()
            .setName("c")
            .setResources(
                V1.ResourceRequirements.newBuilder()
                    .putLimits("cpu", Quantity.newBuilder().setString("1").build()))
            .setLivenessProbe(
                V1.Probe.newBuilder()
                    .setHandler(
                        V1.ProbeHandler.newBuilder()
                            .setTcpSocket(
                                V1.TCPSocketAction.newBuilder()
                                    .setPort(
                                        IntStr.IntOrString.newBuilder()
                                            .setType(1)
                                            .setStrVal("http")))))
            .build();
    V1Apps.Deployment deployment =
        V1Apps.Deployment.newBuilder()
            .setSpec(
                V1Apps.DeploymentSpec.newBuilder()
                    .setReplicas(0)
                    .setTemplate(
                        V1.PodTemplateSpec.newBuilder()
                            .setSpec(V1.PodSpec.newBuilder().addContainers(container))))
            .build();

    Map<String, Object> spec =
        Tree.map(Protobuf.object(body("apps/v1", "Deployment", deployment)).orElseThrow(), "spec");

    assertThat(spec).containsEntry("replicas", 0L);
    assertThat(Tree.map(spec, "template", "spec").get("containers"))
        .isEqualTo(
            List.of(
                Map.of(
                    "name",
                    "c",
                    "resources",
                    Map.of("limits", Map.of("cpu", "1")),
                    "livenessProbe",
                    Map.of("tcpSocket", Map.of("port", "http")))));
  }

  @Test
  void doesNotReadWhatItDoesNotKnow() throws IOException {
    assertThat(Protobuf.object(body("ex.io/v1", "Widget", V1.Secret.getDefaultInstance())))
        .isEmpty();
    assertThatThrownBy(() -> Protobuf.object(new byte[] {'{', '}'}))
        .isInstanceOf(IOException.class);
  }
}
