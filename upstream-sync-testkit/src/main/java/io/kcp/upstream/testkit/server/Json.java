package io.kcp.upstream.testkit.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** JSON text and trees: maps, lists, strings, booleans, longs and doubles. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** Parses one JSON value; the exception's message says what is wrong. */
  static Object parse(byte[] json) throws IOException {
    try {
      return MAPPER.readValue(json, Object.class);
    } catch (JsonParseException e) {
      if (String.valueOf(e.getMessage()).startsWith("Invalid UTF-8")) {
        return MAPPER.readValue(new String(json, UTF_8), Object.class); // with replacements
      }
      throw e;
    }
  }

  static byte[] bytes(Object tree) {
    try {
      return MAPPER.writeValueAsBytes(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An object is no JSON tree: " + e.getOriginalMessage(), e);
    }
  }

  /** Reads a JSON object that belongs to this package. */
  static Map<String, Object> resource(String name) {
    try {
      return Tree.asMap(parse(content(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a text that belongs to this package. */
  static String text(String name) {
    return new String(content(name), UTF_8);
  }

  private static byte[] content(String name) {
    try (InputStream in = Json.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The resource " + name + " is missing in the testkit");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
