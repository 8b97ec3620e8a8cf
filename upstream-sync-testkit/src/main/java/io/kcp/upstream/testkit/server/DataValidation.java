package io.kcp.upstream.testkit.server;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules for config maps and secrets; no message names a secret's value. */
final class DataValidation {
  private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]+");
  private static final int MAX_BYTES = 1024 * 1024;
  private static final String IMMUTABLE = "field is immutable when `immutable` is set";
  private static final Map<String, List<String>> NEEDED_KEYS =
      Map.of(
          "kubernetes.io/tls", List.of("tls.crt", "tls.key"),
          "kubernetes.io/dockerconfigjson", List.of(".dockerconfigjson"),
          "kubernetes.io/dockercfg", List.of(".dockercfg"),
          "kubernetes.io/ssh-auth", List.of("ssh-privatekey"));

  private DataValidation() {}

  static void check(
      @Nullable Map<String, Object> live, Map<String, Object> object, Problems problems) {
    long size = 0;
    for (String field : List.of("data", "binaryData")) {
      Map<String, Object> data = Tree.map(object, field);
      for (String key : new TreeSet<>(data.keySet())) {
        size += String.valueOf(data.get(key)).length();
        if (!KEY.matcher(key).matches()) {
          problems.invalid(
              field + "[" + key + "]",
              key,
              "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g."
                  + " 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is"
                  + " '[-._a-zA-Z0-9]+')");
        }
      }
    }
    for (String key : new TreeSet<>(Tree.map(object, "data").keySet())) {
      if (Tree.map(object, "binaryData").containsKey(key)) {
        problems.invalid("data[" + key + "]", key, "duplicate of key present in binaryData");
      }
    }
    if (size > MAX_BYTES) {
      problems.add(
          new io.kcp.upstream.testkit.apply.FieldError(
              Tree.string(object, "kind").equals("Secret") ? "data" : "[]",
              "FieldValueTooLong",
              "Too long: may not be more than 1048576 bytes"));
    }
    if (live != null && Tree.isTrue(live, "immutable")) {
      frozen(live, object, problems);
    }
  }

  private static void frozen(
      Map<String, Object> live, Map<String, Object> object, Problems problems) {
    if (!Tree.isTrue(object, "immutable")) {
      problems.forbidden("immutable", IMMUTABLE);
    }
    for (String field : List.of("data", "binaryData")) {
      if (!Tree.map(live, field).equals(Tree.map(object, field))) {
        problems.forbidden(field, IMMUTABLE);
      }
    }
  }

  static void secret(
      @Nullable Map<String, Object> live, Map<String, Object> object, Problems problems) {
    check(live, object, problems);
    Set<String> keys = Tree.map(object, "data").keySet();
    for (String needed : NEEDED_KEYS.getOrDefault(Tree.string(object, "type"), List.of())) {
      if (!keys.contains(needed)) {
        problems.required("data[" + needed + "]");
      }
    }
    problems.immutable(live, object, "type");
  }

  /** The key of a value that is not base64, "" when there is none. */
  static String keyThatIsNotBase64(Map<String, Object> data) {
    for (Map.Entry<String, Object> entry : data.entrySet()) {
      try {
        if (entry.getValue() instanceof String text) {
          Base64.getDecoder().decode(text);
        }
      } catch (IllegalArgumentException e) {
        return entry.getKey();
      }
    }
    return "";
  }
}
