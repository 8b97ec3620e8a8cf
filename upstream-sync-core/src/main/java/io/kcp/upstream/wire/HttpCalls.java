package io.kcp.upstream.wire;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.Pair;
import io.kubernetes.client.openapi.auth.ApiKeyAuth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** Makes the calls of one cluster, as the caller's client would. Safe for any number of threads. */
final class HttpCalls {
  private static final String BEARER = "BearerToken";
  private static final String[] AUTH = {BEARER};

  /** How long a call may take as a whole and between two bytes; no time-out where zero. */
  record Times(Duration whole, Duration read) {}

  /** The clients for one of the caller's, which it may exchange at any time. */
  private record Clients(OkHttpClient of, Map<Times, OkHttpClient> byTimes) {}

  private volatile @Nullable Clients known;

  Call call(ApiClient by, String pathPrefix, ApiRequest request, Times times) throws ApiException {
    return http(by.getHttpClient(), times).newCall(built(by, pathPrefix, request));
  }

  /** Shares the caller's connections and interceptors, with time-outs of its own. */
  private OkHttpClient http(OkHttpClient of, Times times) {
    Clients clients = known;
    if (clients == null || clients.of() != of) {
      clients = new Clients(of, new ConcurrentHashMap<>());
      known = clients;
    }
    return times.read().isZero()
        ? clients.byTimes().computeIfAbsent(times, t -> timed(of, t))
        : timed(of, times); // a watch's, whose time is drawn by chance: seldom the same twice
  }

  private static OkHttpClient timed(OkHttpClient of, Times times) {
    OkHttpClient.Builder http =
        of.newBuilder()
            .callTimeout(times.whole().toMillis(), TimeUnit.MILLISECONDS)
            .readTimeout(times.read().toMillis(), TimeUnit.MILLISECONDS);
    if (!times.read().isZero()) {
      http.addNetworkInterceptor(new PatientBody(times.whole()));
    }
    return http.build();
  }

  /**
   * The client's own request with the body put in afterwards: the client would write the body out
   * once more, as text, for the authentication to look at. A token does not look at it; for what
   * else a host may have put in its place the body is there.
   */
  private static Request built(ApiClient by, String pathPrefix, ApiRequest request)
      throws ApiException {
    byte @Nullable [] body = request.body().map(json -> Json.write(json.tree())).orElse(null);
    if (body == null || !(by.getAuthentication(BEARER) instanceof ApiKeyAuth)) {
      return built(by, pathPrefix, request, request.method(), body);
    }
    MediaType type = request.contentType() == null ? null : MediaType.parse(request.contentType());
    return built(by, pathPrefix, request, "GET", null)
        .newBuilder()
        .method(request.method(), RequestBody.create(body, type))
        .build();
  }

  private static Request built(
      ApiClient by, String pathPrefix, ApiRequest request, String method, byte @Nullable [] body)
      throws ApiException {
    List<Pair> query = new ArrayList<>();
    request.query().forEach((key, value) -> query.add(new Pair(key, value)));
    Map<String, String> headers = new HashMap<>(request.headers());
    headers.put("Accept", request.accept());
    if (request.contentType() != null) {
      headers.put("Content-Type", request.contentType());
    }
    return by.buildRequest(
        by.getBasePath(),
        pathPrefix + request.path(),
        method,
        query,
        List.of(),
        body,
        headers,
        new HashMap<>(),
        new HashMap<>(),
        AUTH,
        null);
  }
}
