package io.kcp.upstream.trouble;

import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;

/**
 * What connects one process with a server: it can be cut for good, and hold back what is written.
 */
final class Wire implements Interceptor {
  private final Set<Call> calls = ConcurrentHashMap.newKeySet();
  private final List<String> writes = new CopyOnWriteArrayList<>();
  private final CountDownLatch held = new CountDownLatch(1);
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile String gated = "";
  private volatile boolean cut;

  private final List<String> sent = new CopyOnWriteArrayList<>();
  private volatile boolean recording;

  ApiClient client(ApiClient of) {
    OkHttpClient http = of.getHttpClient().newBuilder().addInterceptor(this).build();
    return new ApiClient(http).setBasePath(of.getBasePath());
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    calls.add(chain.call());
    refuseWhenCut();
    Request request = chain.request();
    boolean writes = !request.method().equals("GET");
    if (writes && request.url().encodedPath().contains(gated)) {
      awaitGate();
    }
    Response response = chain.proceed(request);
    if (cut) {
      response.close();
    }
    refuseWhenCut();
    if (writes) {
      this.writes.add(
          "%s %s: %d".formatted(request.method(), request.url().encodedPath(), response.code()));
      if (recording) {
        sent.add("%s %s: %s".formatted(request.method(), request.url(), text(request.body())));
      }
    }
    return response;
  }

  private static String text(RequestBody body) throws IOException {
    if (body == null) {
      return "";
    }
    Buffer buffer = new Buffer();
    body.writeTo(buffer);
    return buffer.readUtf8();
  }

  private void refuseWhenCut() throws IOException {
    if (cut) {
      throw new IOException("the wire is cut");
    }
  }

  private void awaitGate() throws IOException {
    if (gate.getCount() > 0) {
      held.countDown();
    }
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted at the gate");
    }
  }

  /** Requests that write to such a path wait from now on. */
  void holdWrites(String partOfPath) {
    gated = partOfPath;
    gate = new CountDownLatch(1);
  }

  /** Returns when the first one waits. */
  void awaitHeld() throws InterruptedException {
    held.await();
  }

  void letGo() {
    gate.countDown();
  }

  /** The answered requests that write, as method, path and status. */
  List<String> writes() {
    return List.copyOf(writes);
  }

  /** What is sent to be written is remembered from now on. */
  void record() {
    recording = true;
  }

  /** What was sent to a path with this in it, each with its address and body. */
  List<String> sent(String partOfPath) {
    return sent.stream().filter(each -> each.contains(partOfPath)).toList();
  }

  void cut() {
    cut = true;
    calls.forEach(Call::cancel); // those, too, whose answer is a stream that goes on
  }
}
