package io.kcp.upstream.testkit.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds fields that stand twice in one JSON object. */
final class DoubledFields {
  private static final JsonFactory PLAIN = new JsonFactory();
  private static final JsonFactory STRICT =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final JsonParser parser;
  private final Set<String> found = new LinkedHashSet<>();

  private DoubledFields(JsonParser parser) {
    this.parser = parser;
  }

  /** Their paths in a text that is JSON, as {@code data.k} and {@code spec.list[0].k}. */
  static List<String> in(byte[] json) throws IOException {
    if (areAllSingle(json)) {
      return List.of();
    }
    try (JsonParser parser = PLAIN.createParser(json)) {
      DoubledFields fields = new DoubledFields(parser);
      parser.nextToken();
      fields.value("");
      return new ArrayList<>(fields.found);
    }
  }

  private static boolean areAllSingle(byte[] json) throws IOException {
    try (JsonParser parser = STRICT.createParser(json)) {
      JsonToken token = parser.nextToken();
      while (token != null) {
        token = parser.nextToken();
      }
      return true;
    } catch (JsonParseException e) {
      return false; // what else could be wrong was found before
    }
  }

  private void value(String path) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      Set<String> names = new HashSet<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        String at = path.isEmpty() ? name : path + "." + name;
        if (!names.add(name)) {
          found.add(at);
        }
        parser.nextToken();
        value(at);
      }
    } else if (parser.currentToken() == JsonToken.START_ARRAY) {
      for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
        value(path + "[" + i + "]");
      }
    }
  }
}
