package com.example.health;

import com.google.gson.JsonParseException;
import io.kcp.upstream.spi.ObjectTree;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The objects of one input: YAML documents, JSON values one after another, JSON arrays, and lists
 * of Kubernetes at any depth.
 */
final class Documents {
  private static final String WANTED =
      "expected objects with apiVersion and kind, or lists of them";

  /** How JSON begins; a text that begins otherwise with a bracket is YAML. */
  private static final Pattern JSON = Pattern.compile("[\\s\\[]*(\\{\\s*[\"}]|\\])");

  private static final Pattern MARK = Pattern.compile("(?m)^---");

  private static final Pattern PLACE = Pattern.compile("line \\d+ column \\d+");

  private final String input;
  private final List<Given> objects = new ArrayList<>();

  /** Named as errors shall name it. */
  Documents(String input) {
    this.input = input;
  }

  List<Given> objects(byte[] bytes) {
    int number = 0;
    for (Object document : documents(text(bytes))) {
      number++;
      if (document != null) { // as the text before a first "---" is, or after a last one
        add(document, "document " + number);
      }
    }
    if (objects.isEmpty() && number == 0) {
      throw bad("it is empty", WANTED);
    }
    return objects;
  }

  private String text(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw bad("it is no UTF-8 text", WANTED);
    }
  }

  private List<Object> documents(String text) {
    if (!JSON.matcher(text).lookingAt() || MARK.matcher(text).find()) {
      return yaml(text);
    }
    try {
      return JsonText.values(text);
    } catch (JsonParseException e) {
      Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
      throw bad("no JSON" + (place.find() ? " at " + place.group() : ""), WANTED);
    }
  }

  private List<Object> yaml(String text) {
    try {
      return YamlText.documents(text);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      int document = line == 0 ? 1 : YamlText.documentAt(text, line);
      throw bad("document %d, line %d: no YAML: %s".formatted(document, line, e.getProblem()), "");
    } catch (YAMLException e) {
      throw bad("no YAML: " + e.getMessage(), "");
    }
  }

  private BadInputException bad(String problem, String wanted) {
    return new BadInputException(input + ": " + problem + (wanted.isEmpty() ? "" : "; " + wanted));
  }

  private void add(Object value, String where) {
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        add(list.get(i), "%s, item %d".formatted(where, i + 1));
      }
      return;
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw bad("%s is %s".formatted(where, what(value)), WANTED);
    }
    String apiVersion = field(map, "apiVersion", where, "such as v1 or apps/v1");
    String kind = field(map, "kind", where, "such as Deployment");
    if (kind.endsWith("List") && map.get("items") instanceof List<?> items) {
      addItems(items, apiVersion, kind, where);
    } else if (!kind.equals("List")) {
      objects.add(new Given(tree(map, where), apiVersion, kind));
    } else if (map.get("items") != null) {
      throw bad(
          "%s: items is %s".formatted(where, what(map.get("items"))), "expected a list of objects");
    }
  }

  /** Items of a typed list, as DeploymentList, carry neither kind nor version of their own. */
  private void addItems(List<?> items, String apiVersion, String kind, String where) {
    String kindOfItems = kind.substring(0, kind.length() - "List".length());
    for (int i = 0; i < items.size(); i++) {
      Object item = items.get(i);
      String at = "%s, item %d".formatted(where, i + 1);
      if (item instanceof Map<?, ?> map && !kindOfItems.isEmpty() && !map.containsKey("kind")) {
        Map<Object, Object> full = new LinkedHashMap<>();
        full.put("apiVersion", apiVersion);
        full.put("kind", kindOfItems);
        full.putAll(map);
        add(full, at);
      } else {
        add(item, at);
      }
    }
  }

  private String field(Map<?, ?> map, String name, String where, String such) {
    Object value = map.get(name);
    if (value instanceof String text && !text.isBlank()) {
      return text;
    }
    String found = value == null ? "is missing" : "is " + what(value);
    throw bad("%s: %s %s; expected a text %s".formatted(where, name, found, such), "");
  }

  private ObjectTree tree(Map<?, ?> map, String where) {
    try {
      return ObjectTree.of(Json.object(map));
    } catch (IllegalArgumentException e) {
      throw bad(where + ": " + e.getMessage(), "");
    }
  }

  private static String what(Object value) {
    if (value instanceof Map) {
      return "an object";
    }
    if (value instanceof List) {
      return "a list";
    }
    if (value == null) {
      return "null";
    }
    return value instanceof String ? "a text" : "the value " + value;
  }
}
