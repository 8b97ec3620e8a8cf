package io.kcp.upstream.wire;

import io.kcp.upstream.spi.ObjectTree;
import java.io.IOException;
import okhttp3.Headers;

/** A whole answer with a code below 300, or 304. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Answer(int code, Headers headers, byte[] body) {

  /** The body as an object; throws {@link RequestException} when the server sent something else. */
  public ObjectTree object() {
    try {
      return ObjectTree.of(Json.readObject(body));
    } catch (IOException e) {
      throw RequestException.unreadable(e);
    }
  }

  @Override
  public String toString() {
    return code + ", " + body.length + " bytes";
  }
}
