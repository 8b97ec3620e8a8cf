package io.kcp.upstream.discovery;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.kcp.upstream.wire.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The schemas of one group and version. */
final class SchemaDocument {
  private record Kind(String group, String version, String kind) {}

  private final Map<String, SchemaShape> named = new LinkedHashMap<>();
  private final Map<Kind, String> names = new LinkedHashMap<>();

  private SchemaDocument() {}

  /**
   * Reads an OpenAPI v3 document piece by piece: with all its descriptions and paths it is some
   * megabytes. Throws {@link IOException} when it is no such document.
   */
  static SchemaDocument read(byte[] text) throws IOException {
    SchemaDocument document = new SchemaDocument();
    try (JsonParser parser = Json.parser(new ByteArrayInputStream(text))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("an OpenAPI document is an object");
      }
      document.findSchemas(parser, List.of("components", "schemas"));
    }
    return document;
  }

  private void findSchemas(JsonParser parser, List<String> path) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      boolean inside = parser.nextToken() == JsonToken.START_OBJECT;
      if (path.isEmpty() && inside && Json.value(parser) instanceof Map<?, ?> schema) {
        add(name, schema);
      } else if (!path.isEmpty() && inside && name.equals(path.get(0))) {
        findSchemas(parser, path.subList(1, path.size()));
      } else {
        parser.skipChildren();
      }
    }
    if (parser.currentToken() != JsonToken.END_OBJECT) {
      throw new IOException("the document is cut off");
    }
  }

  private void add(String name, Map<?, ?> schema) {
    named.put(name, SchemaReader.named(schema));
    if (schema.get("x-kubernetes-group-version-kind") instanceof List<?> kinds) {
      for (Object kind : kinds) {
        if (kind instanceof Map<?, ?> map) {
          names.putIfAbsent(
              new Kind(text(map, "group"), text(map, "version"), text(map, "kind")), name);
        }
      }
    }
  }

  private static String text(Map<?, ?> map, String name) {
    return map.get(name) instanceof String text ? text : "";
  }

  /** The schema of whole objects of a type; empty where the document has none. */
  Optional<SchemaNode> schemaOf(ResourceType type) {
    Kind kind = new Kind(type.resource().group(), type.version(), type.kind());
    String name = names.get(kind);
    if (name == null) {
      return Optional.empty();
    }
    SchemaScope scope = new SchemaScope(named).reachableFrom(name);
    SchemaShape reference = SchemaShape.reference(name, MergeSchema.Merge.DEDUCED, null);
    return scope.node(reference) instanceof SchemaNode node ? Optional.of(node) : Optional.empty();
  }
}
