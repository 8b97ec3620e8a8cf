package io.kcp.upstream.testkit;

import io.kubernetes.client.openapi.ApiClient;
import java.net.URI;
import java.time.Duration;

/** The clients of one surface. */
final class Clients implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final ApiClient client;
  private final ApiClient readOnly;

  Clients(URI address, URI readOnlyAddress) {
    client = at(address);
    readOnly = at(readOnlyAddress);
  }

  private static ApiClient at(URI address) {
    ApiClient client = new ApiClient();
    client.setBasePath(address.toString());
    client.setReadTimeout(0);
    client.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
    return client;
  }

  ApiClient client() {
    return client;
  }

  ApiClient readOnly() {
    return readOnly;
  }

  @Override
  public void close() {
    shutDown(client);
    shutDown(readOnly);
  }

  private static void shutDown(ApiClient client) {
    client.getHttpClient().dispatcher().executorService().shutdown();
    client.getHttpClient().connectionPool().evictAll();
  }
}
