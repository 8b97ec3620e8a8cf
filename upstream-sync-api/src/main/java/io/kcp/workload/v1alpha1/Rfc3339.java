package io.kcp.workload.v1alpha1;

import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;

/**
 * A time as API servers write it. The client's own adapter adds six digits of fraction, so that an
 * object that nobody changed would be another one when written again.
 */
final class Rfc3339 extends TypeAdapter<OffsetDateTime> {
  @Override
  public OffsetDateTime read(JsonReader in) throws IOException {
    String text = in.nextString();
    try {
      return OffsetDateTime.parse(text);
    } catch (DateTimeException e) {
      throw new JsonParseException(
          "%s: '%s' is no time such as 2026-11-25T10:00:00Z".formatted(in.getPath(), text), e);
    }
  }

  @Override
  public void write(JsonWriter out, OffsetDateTime time) throws IOException {
    out.value(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time));
  }
}
