package io.kcp.upstream.mirror;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.kcp.upstream.wire.Json;
import io.kcp.upstream.wire.OpenAnswer;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The events of one open watch, one after the other. For one thread. */
final class WatchStream implements Closeable {

  /** {@code type} as the server writes it: ADDED, MODIFIED, DELETED, BOOKMARK, ERROR. */
  record Event(String type, RawObject object) {}

  private final OpenAnswer answer;
  private final ObjectReader objects;
  private @Nullable JsonParser parser;

  WatchStream(OpenAnswer answer, ObjectReader objects) {
    this.answer = answer;
    this.objects = objects;
  }

  /** Waits for the next event; null when the server ended the watch in good order. */
  @Nullable Event next() throws IOException {
    JsonParser in = parser();
    JsonToken token = in.nextToken();
    if (token == null) {
      return null;
    }
    if (token != JsonToken.START_OBJECT) {
      throw new JsonParseException(in, "an event was expected");
    }
    return event(in);
  }

  private Event event(JsonParser in) throws IOException {
    String type = "";
    RawObject object = null;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "type" -> type = in.getValueAsString("");
        case "object" -> object = objects.read(in);
        default -> in.skipChildren();
      }
    }
    if (object == null) {
      throw new JsonParseException(in, "an event without an object");
    }
    return new Event(type, object);
  }

  /** Made at the first read: a parser waits for its first bytes when it is made. */
  private JsonParser parser() throws IOException {
    JsonParser made = parser;
    if (made == null) {
      made = Json.parser(answer.stream());
      parser = made;
    }
    return made;
  }

  @Override
  public void close() {
    answer.close();
  }
}
