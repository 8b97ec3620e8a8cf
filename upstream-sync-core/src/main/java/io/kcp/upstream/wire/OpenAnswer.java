package io.kcp.upstream.wire;

import java.io.Closeable;
import java.io.InputStream;
import okhttp3.Call;
import okhttp3.Response;

/**
 * A body that is still being sent. {@link #close} may be called from any thread, and ends a blocked
 * read.
 */
public final class OpenAnswer implements Closeable {
  private final Call call;
  private final Response response;
  private final String request;

  OpenAnswer(Call call, Response response, String request) {
    this.call = call;
    this.response = response;
    this.request = request;
  }

  public InputStream stream() {
    return response.body().byteStream();
  }

  /** Whether {@link #close} was called: a read that fails then is no fault of the server. */
  public boolean isClosed() {
    return call.isCanceled();
  }

  @Override
  public void close() {
    call.cancel();
    response.close();
  }

  @Override
  public String toString() {
    return request;
  }
}
