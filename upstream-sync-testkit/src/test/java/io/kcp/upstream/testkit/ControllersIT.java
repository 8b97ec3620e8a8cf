package io.kcp.upstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What works on a real server's objects, when it is asked for. */
@EnabledIf(
    value = "io.kcp.upstream.testkit.RealApiServer#hasControllers",
    disabledReason = "KUBEBUILDER_ASSETS names no folder with controllers and kwok")
class ControllersIT {
  private static String pod(String name, String behaviour) {
    return """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s, namespace: default, annotations: {test.kcp.io/behaviour: "%s"}}
        spec: {containers: [{name: main, image: nginx}]}
        ---
        """
        .formatted(name, behaviour);
  }

  @Test
  void workloadsRollOutAndPodsBehaveAsTheyAreTold() {
    Map<String, String> signs =
        Map.of(
            "image-pull-error", "status.containerStatuses[name=\"main\"].state.waiting.reason",
            "crash-loop", "status.containerStatuses[name=\"main\"].state.waiting.reason",
            "oom-killed", "status.containerStatuses[name=\"main\"].lastState.terminated.reason",
            "fail", "status.containerStatuses[name=\"main\"].state.terminated.reason",
            "succeed", "status.phase");
    Map<String, String> values =
        Map.of(
            "image-pull-error", "ImagePullBackOff",
            "crash-loop", "CrashLoopBackOff",
            "oom-killed", "OOMKilled",
            "fail", "Error",
            "succeed", "Succeeded");
    try (RealApiServer.Started cluster = RealApiServer.builder().controllers(true).start()) {
      cluster.as("kubectl").apply(TestDeployment.OF_TWO);
      signs.keySet().forEach(word -> cluster.as("kubectl").apply(pod(word, word)));

      cluster.await(
          "deployments.apps",
          "default",
          "web",
          web -> web.integer("status.readyReplicas").equals(OptionalLong.of(2)));
      signs.forEach(
          (word, path) ->
              cluster.await(
                  "pods",
                  "default",
                  word,
                  pod -> pod.string(path).filter(values.get(word)::equals).isPresent()));
    }
  }

  @Test
  void aWorkspaceCollectsGarbageAndRunsNothing() {
    try (RealApiServer.Started workspace = RealApiServer.builder().workspace(true).start()) {
      workspace.as("kubectl").apply(TestDeployment.OF_TWO);
      workspace
          .as("kubectl")
          .apply(
              """
              apiVersion: v1
              kind: ConfigMap
              metadata:
                name: orphan
                namespace: default
                ownerReferences:
                - {apiVersion: v1, kind: ConfigMap, name: nobody, uid: 11111111-2222-3333-4444-555555555555}
              """);

      workspace.awaitGone("configmaps", "default", "orphan");

      assertThat(
              workspace
                  .find("deployments.apps", "default", "web")
                  .orElseThrow()
                  .integer("status.observedGeneration"))
          .isEmpty();
    }
  }

  @Test
  void aKilledServerComesBackWithWhatWasStored() {
    try (RealApiServer.Started server = RealApiServer.start()) {
      server.as("kubectl").apply(TestDeployment.OF_TWO);

      server.kill();

      assertThatThrownBy(() -> server.find("deployments.apps", "default", "web"))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("got no answer");

      server.revive();

      assertThat(server.find("deployments.apps", "default", "web")).isPresent();
    }
  }
}
