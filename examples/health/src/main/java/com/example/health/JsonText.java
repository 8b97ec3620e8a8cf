package com.example.health;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.ToNumberPolicy;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

/** JSON values one after another, as {@code kubectl get -o json} and {@code jq -c} print them. */
final class JsonText {
  private static final Gson GSON =
      new GsonBuilder()
          .setStrictness(Strictness.STRICT)
          .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
          .create();

  private JsonText() {}

  static List<Object> values(String text) {
    List<Object> values = new ArrayList<>();
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.LENIENT); // else it ends after the first value
      while (reader.peek() != JsonToken.END_DOCUMENT) {
        values.add(GSON.fromJson(reader, Object.class));
      }
    } catch (IOException e) {
      throw new JsonParseException(e.getMessage(), e);
    }
    return values;
  }
}
