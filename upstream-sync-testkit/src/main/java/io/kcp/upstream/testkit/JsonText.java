package io.kcp.upstream.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.kcp.upstream.spi.ObjectTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** JSON as text and as objects. */
final class JsonText {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private JsonText() {}

  static byte[] bytes(Map<String, ?> object) {
    try {
      return MAPPER.writeValueAsBytes(object);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * @throws UncheckedIOException when it is not a JSON object
   */
  static ObjectTree tree(byte[] text) {
    try {
      return ObjectTree.of(MAPPER.readValue(text, OBJECT));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One field of an object; missing when the text has none, or is no JSON object. */
  static JsonNode field(byte[] text, String name) {
    if (text.length == 0 || text[0] != '{') {
      return MissingNode.getInstance();
    }
    try {
      return MAPPER.readTree(text).path(name);
    } catch (IOException e) {
      return MissingNode.getInstance(); // the server will refuse it
    }
  }
}
