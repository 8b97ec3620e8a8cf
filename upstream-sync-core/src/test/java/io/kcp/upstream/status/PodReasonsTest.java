package io.kcp.upstream.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodReasonsTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ready                | {"phase":"Running","conditions":[{"type":"Ready","status":"True"}]} | ``
          done                 | {"phase":"Succeeded","containerStatuses":[{"state":{"terminated":{"exitCode":0}}}]} | ``
          being created        | {"phase":"Pending","containerStatuses":[{"state":{"waiting":{"reason":"ContainerCreating"}}}]} | ``
          evicted              | {"phase":"Failed","reason":"Evicted"} | Evicted
          without a node       | {"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"Unschedulable"}]} | Unschedulable
          gated                | {"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"SchedulingGated"}]} | SchedulingGated
          no image             | {"phase":"Pending","containerStatuses":[{"state":{"waiting":{"reason":"ImagePullBackOff"}}}]} | ImagePullBackOff
          no image yet         | {"phase":"Pending","containerStatuses":[{"state":{"waiting":{"reason":"ErrImagePull"}}}]} | ErrImagePull
          can't be created     | {"phase":"Pending","containerStatuses":[{"state":{"waiting":{"reason":"CreateContainerError"}}}]} | CreateContainerError
          lacks a ConfigMap    | {"phase":"Pending","containerStatuses":[{"state":{"waiting":{"reason":"CreateContainerConfigError","message":"configmap \\"x\\" not found"}}}]} | MissingConfigMap
          lacks a key          | {"phase":"Pending","containerStatuses":[{"state":{"waiting":{"reason":"CreateContainerConfigError","message":"couldn't find key a in Secret ns/x"}}}]} | MissingSecret
          crashes              | {"phase":"Running","containerStatuses":[{"ready":true,"state":{"running":{}}},{"state":{"waiting":{"reason":"CrashLoopBackOff"}},"lastState":{"terminated":{"reason":"Error"}}}]} | CrashLoopBackOff
          out of memory        | {"phase":"Running","containerStatuses":[{"state":{"waiting":{"reason":"CrashLoopBackOff"}},"lastState":{"terminated":{"reason":"OOMKilled"}}}]} | OOMKilled
          just ended           | {"phase":"Running","containerStatuses":[{"state":{"terminated":{"exitCode":137,"reason":"OOMKilled"}}}]} | OOMKilled
          failed               | {"phase":"Failed","containerStatuses":[{"state":{"terminated":{"exitCode":1}}}]} | Error
          probe fails          | {"phase":"Running","containerStatuses":[{"ready":false,"started":true,"state":{"running":{}}}]} | ReadinessProbeFailing
          not started          | {"phase":"Running","containerStatuses":[{"ready":false,"started":false,"state":{"running":{}}}]} | NotStarted
          init crashes         | {"phase":"Pending","initContainerStatuses":[{"state":{"waiting":{"reason":"CrashLoopBackOff"}}}],"containerStatuses":[{"state":{"waiting":{"reason":"PodInitializing"}}}]} | InitCrashLoopBackOff
          init goes on         | {"phase":"Pending","initContainerStatuses":[{"state":{"running":{}}}],"containerStatuses":[{"state":{"waiting":{"reason":"PodInitializing"}}}]} | InitRunning
          sidecar runs         | {"phase":"Pending","initContainerStatuses":[{"started":true,"state":{"running":{}}}],"containerStatuses":[{"state":{"waiting":{"reason":"ErrImagePull"}}}]} | ErrImagePull
          """)
  void namesWhatHoldsAPodBack(String what, String status, String reason) throws IOException {
    ObjectTree pod =
        ObjectTree.of(
            Json.readObject(("{\"status\":" + status + "}").getBytes(StandardCharsets.UTF_8)));

    PodFacts facts = new PodReader(Duration.ofSeconds(15)).read(pod);

    assertThat(facts.reason()).as(what).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "Unschedulable, 2026-01-02T03:04:05Z, 1767323060",
    "Unschedulable, '', 15",
    "SchedulingGated, 2026-01-02T03:04:05Z, 0",
  })
  void onlyASchedulerIsGivenTime(String reason, String made, long from) throws IOException {
    String pod =
        """
        {"metadata":{"creationTimestamp":"%s"},"status":{"phase":"Pending","conditions":
         [{"type":"PodScheduled","status":"False","reason":"%s"}]}}
        """
            .formatted(made, reason);

    PodFacts facts =
        new PodReader(Duration.ofSeconds(15))
            .read(ObjectTree.of(Json.readObject(pod.getBytes(StandardCharsets.UTF_8))));

    assertThat(facts.reason()).isEqualTo(reason);
    assertThat(facts.reasonFrom()).isEqualTo(from);
  }
}
