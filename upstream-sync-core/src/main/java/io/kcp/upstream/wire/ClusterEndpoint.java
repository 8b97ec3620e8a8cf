package io.kcp.upstream.wire;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import okhttp3.Call;
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

  private final String name;
  private final String pathPrefix;
  private final EndpointLimits limits;
  private final Throttle throttle;
  private final Reachability reachability;
  private final Supplier<ApiClient> renewal;
  private final HttpCalls calls = new HttpCalls();
  private final List<Traffic> traffic = new CopyOnWriteArrayList<>();
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
    this.reachability = new Reachability(name, System::nanoTime);
    this.renewal = renewal;
  }

  private ClusterEndpoint(ClusterEndpoint of, EndpointLimits limits) {
    this.name = of.name;
    this.client = of.client;
    this.pathPrefix = of.pathPrefix;
    this.limits = limits;
    this.throttle = new Throttle(limits);
    this.reachability = of.reachability;
    this.renewal = of.renewal;
  }

  /** The same cluster under other limits: whether it answers is said once for both. */
  public ClusterEndpoint under(EndpointLimits others) {
    return new ClusterEndpoint(this, others);
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
    return send(request, new Hangup());
  }

  /** Like {@link #send(ApiRequest)}; throws {@link InterruptedException} also when hung up. */
  public Answer send(ApiRequest request, Hangup hangup) throws InterruptedException {
    Terms terms = new Terms(limits.request(), Duration.ZERO, hangup);
    traffic.forEach(Traffic::asking);
    long asked = System.nanoTime();
    long entered = throttle.enter();
    long begun = System.nanoTime();
    boolean overloaded = false;
    int code = RequestException.NO_ANSWER;
    try {
      Answer answer = read(request, authorized(request, terms), terms);
      code = answer.code();
      return answer;
    } catch (RequestException e) {
      overloaded = e.showsOverload();
      code = e.code();
      throw e;
    } finally {
      throttle.leave(entered, overloaded);
      tell(request, code, Duration.ofNanos(begun - asked), begun);
    }
  }

  private void tell(ApiRequest request, int code, Duration throttled, long begun) {
    if (!traffic.isEmpty()) {
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      traffic.forEach(each -> each.answered(request, code, throttled, took));
    }
  }

  /** From now on told of each request of whoever shares this endpoint. */
  public void observe(Traffic observer) {
    traffic.add(observer);
  }

  /** Not told any more. */
  public void ignore(Traffic observer) {
    traffic.remove(observer);
  }

  /** How many requests may be in flight now: what is configured, or less while it is too much. */
  public int concurrency() {
    return throttle.limit();
  }

  /**
   * Opens an answer that stays open: a watch. The caller closes it. It must begin within {@link
   * EndpointLimits#request}, and ends with an error when it has not ended after {@code longest}.
   */
  public OpenAnswer open(ApiRequest request, Duration longest, Hangup hangup)
      throws InterruptedException {
    throttle.pace();
    Terms terms = new Terms(longest, limits.request(), hangup);
    Sent sent = authorized(request, terms);
    if (!sent.response().isSuccessful()) {
      read(request, sent, terms);
      throw new IllegalStateException("a refused " + request + " was read as an answer");
    }
    traffic.forEach(Traffic::watching);
    return new OpenAnswer(sent.call(), sent.response(), request.toString());
  }

  private record Sent(Call call, Response response) {}

  /** How long one request may take as a whole and between two bytes, and what ends it sooner. */
  private record Terms(Duration whole, Duration read, Hangup hangup) {}

  private Sent authorized(ApiRequest request, Terms terms) throws InterruptedException {
    ApiClient used = client;
    Sent first = execute(used, request, terms);
    if (first.response().code() != 401) {
      return first;
    }
    first.response().close();
    renew(used);
    return execute(client, request, terms);
  }

  private synchronized void renew(ApiClient refused) {
    if (client == refused) { // else another thread was here first
      LOG.info("{}: 401, asking for new credentials", name);
      client = renewal.get();
    }
  }

  private Sent execute(ApiClient by, ApiRequest request, Terms terms) throws InterruptedException {
    try {
      Call call =
          calls.call(by, pathPrefix, request, new HttpCalls.Times(terms.whole(), terms.read()));
      terms.hangup().sending(call);
      Sent sent = new Sent(call, call.execute());
      noteAnswer(sent.response().code());
      return sent;
    } catch (InterruptedIOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw noAnswer(request, terms, e);
    } catch (IOException e) {
      throw noAnswer(request, terms, e);
    } catch (ApiException e) {
      throw RequestException.noAnswer(request.toString(), new IOException(e.getMessage(), e));
    }
  }

  /** What a proxy says for a server that is not there is no answer of that server. */
  private void noteAnswer(int code) {
    if (code == 502 || code == 503 || code == 504) {
      reachability.failed("HTTP " + code);
    } else {
      reachability.answered();
    }
  }

  private RequestException noAnswer(ApiRequest request, Terms terms, IOException cause)
      throws InterruptedException {
    terms.hangup().check();
    reachability.failed(String.valueOf(cause.getMessage()));
    return RequestException.noAnswer(request.toString(), cause);
  }

  private Answer read(ApiRequest request, Sent sent, Terms terms) throws InterruptedException {
    try (Response response = sent.response()) {
      byte[] body = response.body().bytes();
      if (response.isSuccessful() || response.code() == 304) {
        return new Answer(response.code(), response.headers(), body);
      }
      throw refused(request, response, body);
    } catch (IOException e) {
      throw noAnswer(request, terms, e);
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
