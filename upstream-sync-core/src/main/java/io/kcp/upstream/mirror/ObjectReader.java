package io.kcp.upstream.mirror;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Takes objects out of a stream of tokens as bytes, without a tree in between. For one thread.
 *
 * <p>{@link JsonParseException} says that the text is no such thing; its message may quote the
 * text, so it must not be shown.
 */
final class ObjectReader {
  private final Interner<String> namespaces = Interners.newWeakInterner();
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(4096);
  private final ResourceType type;
  private final boolean managedFields;

  ObjectReader(ResourceType type, boolean managedFields) {
    this.type = type;
    this.managedFields = managedFields;
  }

  /** Reads the object that begins at the parser's current token. */
  RawObject read(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw new JsonParseException(in, "an object was expected");
    }
    buffer.reset();
    Identity identity = new Identity();
    try (JsonGenerator out = Json.generator(buffer)) {
      copy(in, out, identity);
    }
    return new RawObject(
        namespaces.intern(identity.namespace),
        identity.name,
        identity.uid,
        identity.resourceVersion,
        buffer.toByteArray());
  }

  private void copy(JsonParser in, JsonGenerator out, Identity identity) throws IOException {
    boolean hasVersion = false;
    boolean hasKind = false;
    out.writeStartObject();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      hasVersion |= field.equals("apiVersion");
      hasKind |= field.equals("kind");
      out.writeFieldName(field);
      if (in.nextToken() == JsonToken.START_OBJECT && field.equals("metadata")) {
        copyMetadata(in, out, identity);
      } else {
        out.copyCurrentStructure(in);
      }
    }
    if (!hasVersion) { // lists of built-in kinds leave both out of their items
      out.writeStringField("apiVersion", type.apiVersion());
    }
    if (!hasKind) {
      out.writeStringField("kind", type.kind());
    }
    out.writeEndObject();
  }

  private void copyMetadata(JsonParser in, JsonGenerator out, Identity identity)
      throws IOException {
    out.writeStartObject();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      in.nextToken();
      if (field.equals("managedFields") && !managedFields) {
        in.skipChildren();
        continue;
      }
      identity.note(field, in);
      out.writeFieldName(field);
      out.copyCurrentStructure(in);
    }
    out.writeEndObject();
  }

  private static final class Identity {
    private String namespace = "";
    private String name = "";
    private String uid = "";
    private String resourceVersion = "";

    void note(String field, JsonParser in) throws IOException {
      switch (field) {
        case "namespace" -> namespace = in.getValueAsString("");
        case "name" -> name = in.getValueAsString("");
        case "uid" -> uid = in.getValueAsString("");
        case "resourceVersion" -> resourceVersion = in.getValueAsString("");
        default -> {}
      }
    }
  }
}
