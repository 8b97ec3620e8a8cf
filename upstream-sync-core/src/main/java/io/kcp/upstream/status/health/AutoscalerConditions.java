package io.kcp.upstream.status.health;

import com.fasterxml.jackson.core.JsonParser;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The conditions of an autoscaler, which version v1 keeps as JSON in an annotation. */
final class AutoscalerConditions {
  private static final String ANNOTATION = "autoscaling.alpha.kubernetes.io/conditions";

  private AutoscalerConditions() {}

  static List<Condition> of(Look look) {
    if (!look.version().equals("v1")) {
      return look.conditions();
    }
    String text = look.annotation(ANNOTATION);
    return text.isEmpty() ? List.of() : parse(text);
  }

  private static List<Condition> parse(String text) {
    try (JsonParser parser =
        Json.parser(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
      parser.nextToken();
      if (parser.currentToken() != null && Json.value(parser) instanceof List<?> list) {
        return conditions(list);
      }
    } catch (IOException e) {
      throw new UnreadableException("annotation " + ANNOTATION + ": a JSON array is wanted", e);
    }
    throw new UnreadableException("annotation " + ANNOTATION + ": a JSON array is wanted", null);
  }

  private static List<Condition> conditions(List<?> list) {
    List<Condition> conditions = new ArrayList<>();
    for (Object item : list) {
      if (!(item instanceof Map<?, ?> map)) {
        throw new UnreadableException(
            "annotation " + ANNOTATION + ": a JSON array of objects is wanted", null);
      }
      conditions.add(new Condition(ObjectTree.of(lowerKeys(map)), true));
    }
    return conditions;
  }

  /** The API server's own decoder takes keys in any case, and old ones begin with capitals. */
  private static Map<String, Object> lowerKeys(Map<?, ?> map) {
    Map<String, Object> keys = new LinkedHashMap<>();
    map.forEach((key, value) -> keys.put(((String) key).toLowerCase(Locale.ROOT), value));
    return keys;
  }
}
