package io.kcp.upstream.testkit.apply;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** The defaults of the kinds that hold data, and of those about storage. */
final class ConfigDefaults {
  private ConfigDefaults() {}

  static void secret(Map<String, Object> secret) {
    Defaults.set(secret, "type", "Opaque");
    if (secret.remove("stringData") instanceof Map<?, ?> texts) {
      Map<String, Object> data = new TreeMap<>(Json.map(secret.get("data")));
      Json.map(texts).forEach((key, text) -> data.put(key, encode(String.valueOf(text))));
      secret.put("data", data);
    }
  }

  private static String encode(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  static void namespace(Map<String, Object> namespace) {
    String name = Json.string(namespace, "metadata", "name");
    if (!name.isEmpty()) {
      Map<String, Object> metadata = Defaults.make(namespace, "metadata");
      Defaults.make(metadata, "labels").put("kubernetes.io/metadata.name", name);
    }
    Defaults.set(Defaults.make(namespace, "status"), "phase", "Active");
  }

  static void volumeClaim(Map<String, Object> claim) {
    Defaults.set(Defaults.make(claim, "spec"), "volumeMode", "Filesystem");
    Defaults.set(Defaults.make(claim, "status"), "phase", "Pending");
  }

  static void volume(Map<String, Object> volume) {
    Map<String, Object> spec = Defaults.make(volume, "spec");
    Defaults.set(spec, "volumeMode", "Filesystem");
    Defaults.set(spec, "persistentVolumeReclaimPolicy", "Retain");
    Defaults.within(spec, "hostPath", path -> path.putIfAbsent("type", ""));
    Defaults.set(Defaults.make(volume, "status"), "phase", "Pending");
  }

  static void storageClass(Map<String, Object> storageClass) {
    Defaults.set(storageClass, "reclaimPolicy", "Delete");
    Defaults.set(storageClass, "volumeBindingMode", "Immediate");
  }

  static void priorityClass(Map<String, Object> priorityClass) {
    Defaults.set(priorityClass, "preemptionPolicy", "PreemptLowerPriority");
  }
}
