package io.kcp.upstream.wire;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Response;

/**
 * Once the head of an answer is here, lets its body be silent for longer than the head was allowed
 * to be: a quiet watch is no broken one.
 */
record PatientBody(Duration longest) implements Interceptor {

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    response.body().source().timeout().timeout(longest.toMillis(), TimeUnit.MILLISECONDS);
    Connection connection = chain.connection();
    if (connection != null && !multiplexed(connection)) {
      connection.socket().setSoTimeout(Math.toIntExact(longest.toMillis()));
    }
    return response;
  }

  /** Its socket is shared with other requests, and has no time-out of its own. */
  private static boolean multiplexed(Connection connection) {
    return connection.protocol() == Protocol.HTTP_2
        || connection.protocol() == Protocol.H2_PRIOR_KNOWLEDGE;
  }
}
