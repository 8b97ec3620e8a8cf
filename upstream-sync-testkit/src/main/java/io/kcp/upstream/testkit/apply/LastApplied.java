package io.kcp.upstream.testkit.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kcp.upstream.spi.FieldSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code kubectl apply} from the client side left in an annotation: the manager {@code
 * kubectl} may take over these fields when it applies server-side, and the annotation is kept up to
 * date.
 */
final class LastApplied {
  private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private LastApplied() {}

  private static boolean concerns(Manager manager) {
    return manager.name().equals("kubectl");
  }

  private static String text(Map<String, Object> object) {
    return Json.string(object, "metadata", "annotations", ANNOTATION);
  }

  /** The fields that the manager may take from others without force. */
  static FieldSet free(@Nullable Map<String, Object> live, Manager manager, KindSchema kind) {
    String text = live == null || !concerns(manager) ? "" : text(live);
    if (text.isEmpty()) {
      return FieldSet.of();
    }
    try {
      Map<String, Object> config = Json.map(MAPPER.readValue(text, Object.class));
      return TypeCheck.problem(kind.root(), config, true).isEmpty()
          ? ValuePaths.of(kind.root(), config)
          : FieldSet.of();
    } catch (JsonProcessingException broken) {
      return FieldSet.of(); // the server does not complain of it either
    }
  }

  /** The object with an annotation that says what is applied now, if it has one at all. */
  static Map<String, Object> renewed(
      Map<String, Object> object, Map<String, Object> config, Manager manager) {
    if (!concerns(manager) || text(object).isEmpty()) {
      return object;
    }
    Map<String, Object> renewed = new LinkedHashMap<>(object);
    Map<String, Object> metadata = new LinkedHashMap<>(ManagedFields.metadata(object));
    Map<String, Object> annotations = new LinkedHashMap<>(Json.map(metadata.get("annotations")));
    annotations.put(ANNOTATION, print(config));
    metadata.put("annotations", annotations);
    renewed.put("metadata", metadata);
    return renewed;
  }

  private static String print(Map<String, Object> config) {
    Map<String, Object> shown = Json.copy(config);
    Map<String, Object> metadata = Json.map(shown.get("metadata"));
    if (metadata.containsKey("annotations")) {
      Map<String, Object> annotations = Json.map(metadata.get("annotations"));
      annotations.remove(ANNOTATION);
      if (annotations.isEmpty()) {
        metadata.remove("annotations");
      }
    }
    try {
      return MAPPER.writeValueAsString(shown) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a configuration is no JSON: " + e.getOriginalMessage(), e);
    }
  }
}
