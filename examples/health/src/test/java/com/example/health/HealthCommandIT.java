package com.example.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person sees of the command. */
class HealthCommandIT {
  @TempDir private Path folder;
  private final PrintStream stdout = System.out;
  private final PrintStream stderr = System.err;
  private final InputStream stdin = System.in;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void catchOutput() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(stdout);
    System.setErr(stderr);
    System.setIn(stdin);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static String shop() {
    try {
      return Path.of(HealthCommandIT.class.getResource("shop.yaml").toURI()).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private List<Map<String, String>> json(String... arguments) {
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "-o";
    all[arguments.length + 1] = "json";
    assertThat(HealthCommand.execute(all)).as(err()).isZero();
    return new Gson().fromJson(out(), new TypeToken<List<Map<String, String>>>() {}.getType());
  }

  @Test
  void printsATableOfAllObjects() {
    assertThat(HealthCommand.execute("-f", shop())).isZero();

    assertThat(out().lines())
        .containsExactly(
            "HEALTH        KIND         NAMESPACE   NAME       REASON             MESSAGE",
            "Healthy       Deployment   shop        web        Available          all 2 replicas are up to date and available",
            "Degraded      Pod          shop        cart       ImagePullBackOff   container cart: ImagePullBackOff: Back-off pulling image \"cart:nope\"",
            "Healthy       Secret       shop        password   Exists             it exists",
            "Progressing   Job          shop        import     Running            1 pods are active, 0 succeeded, 0 failed",
            "Suspended     CronJob      shop        report     Suspended          spec.suspend is true: no run is started",
            "Healthy       Widget       -           global     NoSignal           it exists; nothing on it speaks for or against it");
  }

  @Test
  void printsTheSameAsJson() {
    List<Map<String, String>> objects = json("-f", shop());

    assertThat(objects).hasSize(6);
    assertThat(objects.get(1))
        .containsExactly(
            Map.entry("apiVersion", "v1"),
            Map.entry("kind", "Pod"),
            Map.entry("namespace", "shop"),
            Map.entry("name", "cart"),
            Map.entry("health", "Degraded"),
            Map.entry("reason", "ImagePullBackOff"),
            Map.entry(
                "message",
                "container cart: ImagePullBackOff: Back-off pulling image \"cart:nope\""),
            Map.entry("rule", "pod.waiting"));
  }

  @Test
  void neverPrintsWhatASecretHolds() {
    json("-f", shop());

    assertThat(out()).doesNotContain("aHVudGVyMg==").doesNotContain("hunter2");
  }

  @ParameterizedTest
  @CsvSource({
    "union, Healthy Degraded Healthy Progressing Suspended Healthy",
    "KSTATUS, Progressing Progressing Healthy Healthy Healthy Unknown",
    "gitops, Healthy Degraded Healthy Progressing Healthy Healthy",
    "karmada, Healthy Progressing Healthy Healthy Healthy Healthy"
  })
  void judgesByTheRulesOfTheProfile(String profile, String expected) {
    assertThat(json("-f", shop(), "--profile", profile))
        .extracting(object -> object.get("health"))
        .containsExactly(expected.split(" "));
  }

  @Test
  void readsStandardInput() {
    System.setIn(
        new ByteArrayInputStream(
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}"
                .getBytes(StandardCharsets.UTF_8)));

    assertThat(json()).extracting(object -> object.get("kind")).containsExactly("ConfigMap");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"apiVersion\":\"v1\",\"kind\":\"Node\"}\n{\"apiVersion\":\"v1\",\"kind\":\"Pod\"}",
        "{\"apiVersion\":\"v1\",\"kind\":\"Node\"}{\"apiVersion\":\"v1\",\"kind\":\"Pod\"}",
        "[{\"apiVersion\":\"v1\",\"kind\":\"Node\"},{\"apiVersion\":\"v1\",\"kind\":\"Pod\"}]",
        "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[{\"apiVersion\":\"v1\",\"kind\":\"Node\"},{\"apiVersion\":\"v1\",\"kind\":\"Pod\"}]}",
        "{\"apiVersion\":\"v1\",\"kind\":\"NodeList\",\"items\":[{}]}\n{\"apiVersion\":\"v1\",\"kind\":\"PodList\",\"items\":[{\"metadata\":{\"name\":\"a\"}}]}",
        "---\n---\napiVersion: v1\nkind: Node\n---\napiVersion: v1\nkind: Pod\n---\n",
        "{apiVersion: v1, kind: Node}\n---\n{apiVersion: v1, kind: Pod}",
        "{\"apiVersion\":\"v1\",\"kind\":\"Node\"}\n---\n{\"apiVersion\":\"v1\",\"kind\":\"Pod\"}",
        "- {apiVersion: v1, kind: Node}\n- {apiVersion: v1, kind: Pod}",
        "\uFEFFapiVersion: v1\nkind: Node\n---\napiVersion: v1\nkind: Pod"
      })
  void readsEveryFormOfAStream(String text) throws IOException {
    assertThat(json("-f", file("stream", text)))
        .extracting(object -> object.get("kind"))
        .containsExactly("Node", "Pod");
  }

  @Test
  void readsFilesOneAfterAnother() throws IOException {
    String node = file("node.yaml", "{apiVersion: v1, kind: Node}");

    assertThat(json("-f", node, "-f", shop())).hasSize(7);
  }

  @Test
  void judgesAtTheTimeThatIsSaid() throws IOException {
    String pod =
        file(
            "pod.yaml",
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a, creationTimestamp: 2026-01-02T03:00:00Z}
            status:
              phase: Pending
              conditions: [{type: PodScheduled, status: "False", reason: Unschedulable}]
            """);

    assertThat(json("-f", pod, "--now", "2026-01-02T03:00:05Z").get(0))
        .containsEntry("health", "Progressing");
    out.reset();
    assertThat(json("-f", pod).get(0)).containsEntry("health", "Degraded");
  }

  @Test
  void podsOfTheStreamCountForThoseThatOwnThem() throws IOException {
    String text =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, uid: d}
        spec: {replicas: 1}
        ---
        apiVersion: apps/v1
        kind: ReplicaSet
        metadata: {name: web-1, uid: r, ownerReferences: [{uid: d, controller: true}]}
        spec: {replicas: 1}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: web-1-a, ownerReferences: [{uid: r, controller: true}]}
        status:
          phase: Running
          containerStatuses: [{name: web, state: {waiting: {reason: CrashLoopBackOff}}}]
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: other, uid: o}
        """;

    assertThat(json("-f", file("web.yaml", text)))
        .extracting(object -> object.get("health") + " " + object.get("rule"))
        .containsExactly(
            "Degraded pods.failing",
            "Degraded pods.failing",
            "Degraded pod.waiting",
            "Progressing deployment.created");
    out.reset();
    assertThat(json("-f", file("web.yaml", text), "--profile", "kstatus").get(0))
        .containsEntry("health", "Progressing");
  }

  @Test
  void anOddObjectIsUnknownAndTheOthersAreJudged() throws IOException {
    String odd =
        file(
            "odd.yaml",
            """
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {replicas: many}}
            ---
            {apiVersion: v1, kind: ConfigMap, metadata: none}
            """);

    assertThat(json("-f", odd))
        .extracting(object -> object.get("health"))
        .containsExactly("Unknown", "Unknown");
  }

  @Test
  void tellsByItsExitCodeWhenAsked() throws IOException {
    String fine = file("fine.yaml", "{apiVersion: v1, kind: ConfigMap}");

    assertThat(HealthCommand.execute("-f", shop(), "--exit-code")).isEqualTo(1);
    assertThat(HealthCommand.execute("-f", fine, "--exit-code")).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                        | it is empty; expected objects with apiVersion and kind, or lists of them",
        "just text                                 | document 1 is a text; expected objects with apiVersion and kind, or lists of them",
        "{kind: Pod}                               | document 1: apiVersion is missing; expected a text such as v1 or apps/v1",
        "{apiVersion: v1}                          | document 1: kind is missing; expected a text such as Deployment",
        "{apiVersion: v1, kind: 5}                 | document 1: kind is the value 5; expected a text such as Deployment",
        "[{apiVersion: v1, kind: Pod}, 3]          | document 1, item 2 is the value 3; expected objects with apiVersion and kind, or lists of them",
        "{apiVersion: v1, kind: List, items: [{}]} | document 1, item 1: apiVersion is missing; expected a text such as v1 or apps/v1",
        "{apiVersion: v1, kind: List, items: a}    | document 1: items is a text; expected a list of objects",
        "{apiVersion: v1, kind: Pod, a: .nan}      | document 1: a: a JSON value is needed"
      })
  void saysWhatIsWrongWithTheInput(String text, String problem) throws IOException {
    String file = file("bad.yaml", text);

    assertThat(HealthCommand.execute("-f", file)).isEqualTo(2);
    assertThat(err()).startsWith("health: " + file + ": " + problem).hasLineCount(1);
    assertThat(out()).isEmpty();
  }

  @Test
  void saysInWhichDocumentTheYamlIsBroken() throws IOException {
    String file =
        file("bad.yaml", "---\napiVersion: v1\nkind: Pod\n---\napiVersion: v1\nkind: Pod: Node\n");

    assertThat(HealthCommand.execute("-f", file)).isEqualTo(2);
    assertThat(err()).startsWith("health: " + file + ": document 2, line 6: no YAML: ");
  }

  @Test
  void saysWhereTheJsonIsBroken() throws IOException {
    String file = file("bad.json", "{\"apiVersion\": \"v1\",\n \"kind\": }");

    assertThat(HealthCommand.execute("-f", file)).isEqualTo(2);
    assertThat(err()).startsWith("health: " + file + ": no JSON at line 2 column ").hasLineCount(1);
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThat(HealthCommand.execute("-f", "no-such.yaml")).isEqualTo(2);
    assertThat(err()).isEqualToIgnoringNewLines("health: no-such.yaml: there is no such file");
  }

  @Test
  void refusesAProfileThatIsNone() {
    assertThat(HealthCommand.execute("--profile", "helm")).isEqualTo(2);
    assertThat(err()).contains("helm").contains("UNION", "KSTATUS", "GITOPS", "KARMADA");
  }
}
