package io.kcp.upstream.mirror;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.kcp.upstream.wire.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, whole: a page that is cut short is none.
 *
 * @param resourceVersion of the whole list; "" where the server gives none
 * @param next the token for the next page; "" on the last
 */
record Page(List<RawObject> items, String resourceVersion, String next) {

  static Page read(byte[] body, ObjectReader objects) throws IOException {
    try (JsonParser in = Json.parser(new ByteArrayInputStream(body))) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonParseException(in, "a list was expected");
      }
      return page(in, objects);
    }
  }

  private static Page page(JsonParser in, ObjectReader objects) throws IOException {
    List<RawObject> items = null;
    Object metadata = Map.of();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "items" -> items = items(in, objects);
        case "metadata" -> metadata = Json.value(in);
        default -> in.skipChildren();
      }
    }
    if (items == null) {
      // An object without items is no empty list: to take it for one would delete everything.
      throw new JsonParseException(in, "a list without items");
    }
    return new Page(items, text(metadata, "resourceVersion"), text(metadata, "continue"));
  }

  private static List<RawObject> items(JsonParser in, ObjectReader objects) throws IOException {
    List<RawObject> items = new ArrayList<>();
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return items; // how some servers write an empty list
    }
    if (in.currentToken() != JsonToken.START_ARRAY) {
      throw new JsonParseException(in, "a list of items was expected");
    }
    while (in.nextToken() != JsonToken.END_ARRAY) {
      RawObject object = objects.read(in);
      if (object.name().isEmpty()) {
        throw new JsonParseException(in, "an item without a name");
      }
      items.add(object);
    }
    return items;
  }

  private static String text(@Nullable Object metadata, String field) {
    return metadata instanceof Map<?, ?> map && map.get(field) instanceof String text ? text : "";
  }
}
