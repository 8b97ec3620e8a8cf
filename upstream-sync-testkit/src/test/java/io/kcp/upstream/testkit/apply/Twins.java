package io.kcp.upstream.testkit.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An object of a real server and its model, written alike; they must stay alike. */
final class Twins {
  private final RealObject real;
  private final ModelObject model;
  private String version = "";
  private int written;
  private int refused;

  Twins(RealObject real, ModelObject model) {
    this.real = real;
    this.model = model;
  }

  /** Writes the object in one of the ways there are. */
  void write(String step, Map<String, Object> object, RandomWrites random) {
    String manager = random.manager();
    if (!model.exists() && random.chance(50)) {
      settle(
          step + " create by " + manager,
          real.create(object, manager),
          () -> model.write(object, manager));
    } else if (!model.exists() || random.chance(60)) {
      boolean force = random.chance(40);
      settle(
          step + " apply by " + manager + " " + force + " " + object,
          real.apply(object, manager, force),
          () -> model.apply(object, manager, force));
    } else if (random.chance(10) && !isService(object)) {
      wipe(step);
    } else if (model.isCustom() && random.chance(30)) {
      applyStatus(step, object, manager, random);
    } else {
      overwrite(step, object, manager, random);
    }
  }

  private void overwrite(
      String step, Map<String, Object> object, String manager, RandomWrites random) {
    Map<String, Object> live = model.object();
    switch (random.below(model.isCustom() ? 3 : 4)) {
      case 0 -> {
        Map<String, Object> replacement = Json.copy(object);
        Json.map(replacement.get("metadata")).put("resourceVersion", version);
        settle(
            step + " put by " + manager + " " + object,
            real.replace(replacement, manager),
            () -> model.write(object, manager));
      }
      case 3 ->
          settle(
              step + " strategic merge patch by " + manager + " " + object,
              real.patch("strategic-merge-patch+json", object, manager),
              () -> model.write(Patches.strategicMerge(live, object, model.schema()), manager));
      case 1 ->
          settle(
              step + " merge patch by " + manager + " " + object,
              real.patch("merge-patch+json", object, manager),
              () -> model.write(Patches.mergePatch(live, object), manager));
      default -> {
        List<Object> operations = new ArrayList<>();
        object.forEach((field, value) -> operations.add(operation(field, value)));
        settle(
            step + " JSON patch by " + manager + " " + operations,
            real.patch("json-patch+json", operations, manager),
            () -> model.write(Patches.jsonPatch(live, operations), manager));
      }
    }
  }

  private void applyStatus(
      String step, Map<String, Object> object, String manager, RandomWrites random) {
    Map<String, Object> config = new LinkedHashMap<>(object);
    config.put("status", random.status());
    settle(
        step + " apply status by " + manager + " " + config,
        real.status(config, manager),
        () -> model.applyStatus(config, manager));
  }

  static Map<String, Object> operation(String field, Object value) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("op", "add");
    boolean isMetadata = field.equals("metadata");
    operation.put("path", isMetadata ? "/metadata/labels" : "/" + field);
    operation.put("value", isMetadata ? Json.map(value).getOrDefault("labels", Map.of()) : value);
    return operation;
  }

  /** A service has fields that nobody wrote and a wipe would give to somebody. */
  private static boolean isService(Map<String, Object> object) {
    return "Service".equals(object.get("kind"));
  }

  /** Lets the object forget its managers. */
  private void wipe(String step) {
    Map<String, Object> patch = Yaml.object("{metadata: {managedFields: [{}]}}");
    settle(
        step + " wipe",
        real.patch("merge-patch+json", patch, "w"),
        () -> model.write(Patches.mergePatch(model.object(), patch), "w"));
  }

  private void settle(String step, RealObject.Answer answer, Runnable write) {
    String refusal = "";
    try {
      write.run();
    } catch (ApplyConflictException | InvalidConfigException | PatchException e) {
      refusal = String.valueOf(e.getMessage());
    }
    if (answer.code() == 409 || answer.code() == 500) {
      refused++;
      assertThat(refusal).as(step).isEqualTo(answer.message());
      return;
    }
    if (answer.code() == 422) {
      refused++;
      if (model.isCustom()) {
        assertThat(refusal).as(step + ": " + answer.message()).isNotEmpty();
      } else if (refusal.isEmpty()) {
        model.undo(); // the rules of each built-in kind are not part of this package
      }
      return;
    }
    assertThat(answer.code()).as(step + ": " + answer.message()).isLessThan(300);
    assertThat(refusal).as(step).isEmpty();
    written++;
    assertThat(comparable(model.object()))
        .as(step)
        .containsExactlyInAnyOrderEntriesOf(comparable(answer.body()));
    model.adoptManagedFields(answer.body());
    version = Json.string(answer.body(), "metadata", "resourceVersion");
  }

  /** Entries of one second are sorted by name: the twins' seconds are not the same. */
  static Map<String, String> comparable(Map<String, Object> object) {
    Map<String, Object> sorted = Json.copy(object);
    Map<String, Object> metadata = Json.map(sorted.get("metadata"));
    Map<String, Object> entries = new TreeMap<>();
    for (Object entry : Json.list(metadata.remove("managedFields"))) {
      Map<String, Object> fields = Json.map(entry);
      if (fields.containsKey("time")) {
        fields.put("timed", true);
      }
      fields.remove("time");
      entries.put(
          fields.get("operation") + " " + fields.get("manager") + " " + fields.get("subresource"),
          fields);
    }
    metadata.put("managers", entries);
    return OwnPart.of(sorted);
  }

  void requireMuchWritten() {
    assertThat(written).as("writes, beside " + refused + " refusals").isGreaterThan(10);
    assertThat(refused).as("refusals").isGreaterThan(0);
  }
}
