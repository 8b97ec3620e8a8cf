package io.kcp.upstream.wire;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.Pair;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One cluster or workspace over HTTP, by the caller's {@link ApiClient}: it is read, never changed
 * and never closed; time-outs are set per call. Safe for any number of threads. Every method that
 * sends throws {@link RequestException}, and {@link InterruptedException} when the thread is asked
 * to stop while it waits for its turn.
 */
public final class ClusterEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterEndpoint.class);
  private static final String[] AUTH = {"BearerToken"};

  private final String name;
  private final String pathPrefix;
  private final EndpointLimits limits;
  private final Throttle throttle;
  private final Supplier<ApiClient> renewal;
  private volatile ApiClient client;

  /**
   * @param name how messages call it: "physical cluster" or "workspace"
   * @param pathPrefix put between the client's base path and each request's path; "" for none
   * @param renewal asked for another client once after each 401; may give the same
   */
  public ClusterEndpoint(
      String name,
      ApiClient client,
      String pathPrefix,
      EndpointLimits limits,
      Supplier<ApiClient> renewal) {
    this.name = name;
    this.client = client;
    this.pathPrefix = pathPrefix;
    this.limits = limits;
    this.throttle = new Throttle(limits);
    this.renewal = renewal;
  }

  public String name() {
    return name;
  }

  public EndpointLimits limits() {
    return limits;
  }

  /** The address that requests go to, without credentials. */
  public String address() {
    return client.getBasePath() + pathPrefix;
  }

  /** Sends and reads the whole answer. */
  public Answer send(ApiRequest request) throws InterruptedException {
    throttle.enter();
    try {
      return read(request, authorized(request, limits.request()));
    } finally {
      throttle.leave();
    }
  }

  /**
   * Opens an answer that stays open: a watch. The caller closes it; {@link Response#close} from
   * another thread ends a blocked read. {@code readTimeout} bounds each wait for the next bytes.
   */
  public OpenAnswer open(ApiRequest request, Duration readTimeout) throws InterruptedException {
    throttle.pace();
    Sent sent = authorized(request, Duration.ZERO, readTimeout);
    if (sent.response().isSuccessful()) {
      return new OpenAnswer(sent.call(), sent.response(), request.toString());
    }
    read(request, sent);
    throw new IllegalStateException("a refused " + request + " was read as an answer");
  }

  private record Sent(Call call, Response response) {}

  private Sent authorized(ApiRequest request, Duration whole) throws InterruptedException {
    return authorized(request, whole, Duration.ZERO);
  }

  private Sent authorized(ApiRequest request, Duration whole, Duration read)
      throws InterruptedException {
    ApiClient used = client;
    Sent first = execute(used, request, whole, read);
    if (first.response().code() != 401) {
      return first;
    }
    first.response().close();
    renew(used);
    return execute(client, request, whole, read);
  }

  private synchronized void renew(ApiClient refused) {
    if (client == refused) { // else another thread was here first
      LOG.info("{}: 401, asking for new credentials", name);
      client = renewal.get();
    }
  }

  private Sent execute(ApiClient by, ApiRequest request, Duration whole, Duration read)
      throws InterruptedException {
    try {
      Call call = http(by, whole, read).newCall(built(by, request));
      return new Sent(call, call.execute());
    } catch (InterruptedIOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw RequestException.noAnswer(request.toString(), e);
    } catch (IOException e) {
      throw RequestException.noAnswer(request.toString(), e);
    } catch (ApiException e) {
      throw RequestException.noAnswer(request.toString(), new IOException(e.getMessage(), e));
    }
  }

  /** Shares the caller's connections and interceptors, with time-outs of this call alone. */
  private static OkHttpClient http(ApiClient by, Duration whole, Duration read) {
    return by.getHttpClient()
        .newBuilder()
        .callTimeout(whole.toMillis(), TimeUnit.MILLISECONDS)
        .readTimeout(read.toMillis(), TimeUnit.MILLISECONDS)
        .build();
  }

  private okhttp3.Request built(ApiClient by, ApiRequest request) throws ApiException {
    List<Pair> query = new ArrayList<>();
    request.query().forEach((key, value) -> query.add(new Pair(key, value)));
    Map<String, String> headers = new HashMap<>(request.headers());
    headers.put("Accept", request.accept());
    if (request.contentType() != null) {
      headers.put("Content-Type", request.contentType());
    }
    Object body = request.body().map(json -> (Object) Json.write(json.tree())).orElse(null);
    return by.buildRequest(
        by.getBasePath(),
        pathPrefix + request.path(),
        request.method(),
        query,
        List.of(),
        body,
        headers,
        new HashMap<>(),
        new HashMap<>(),
        AUTH,
        null);
  }

  private Answer read(ApiRequest request, Sent sent) {
    try (Response response = sent.response()) {
      byte[] body = response.body().bytes();
      if (response.isSuccessful() || response.code() == 304) {
        return new Answer(response.code(), response.headers(), body);
      }
      throw refused(request, response, body);
    } catch (IOException e) {
      throw RequestException.noAnswer(request.toString(), e);
    }
  }

  private RequestException refused(ApiRequest request, Response response, byte[] body) {
    Duration retryAfter = RetryAfter.of(response.header("Retry-After"));
    if (response.code() == 429 || response.code() == 503) {
      throttle.pauseFor(retryAfter);
    }
    return RequestException.refused(request.toString(), response.code(), retryAfter, body);
  }
}
