package io.kcp.upstream.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.testkit.Asked.Place;
import io.kcp.upstream.testkit.http.HttpAnswer;
import io.kcp.upstream.testkit.http.HttpBackend;
import io.kcp.upstream.testkit.http.HttpRequest;
import io.kcp.upstream.testkit.http.HttpStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks at the spec before and after each write to {@code /status}. A write of another kind to the
 * same object in between would change it rightly; then nothing is said. Guarded by {@code this}.
 */
final class StatusWrites {
  private final HttpBackend server;
  private final Map<Target, Integer> othersNow = new HashMap<>();
  private final Map<Target, List<Check>> checksNow = new HashMap<>();
  private final List<String> misdeeds = new ArrayList<>();

  /** An object, whatever part of it is written. */
  private record Target(String workspace, GroupResource resource, String namespace, String name) {
    static Target of(Asked asked) {
      Place place = asked.place();
      return new Target(asked.workspace(), place.resource(), place.namespace(), place.name());
    }
  }

  /** One write to a status, from before its read of the spec to its answer. */
  private static final class Check {
    private boolean disturbed;
    private boolean readable;
    private byte[] before = new byte[0];
  }

  StatusWrites(HttpBackend server) {
    this.server = server;
  }

  /** Hands the request to the server. */
  void pass(HttpRequest request, Asked asked, HttpAnswer answer) {
    if (!asked.verb().writes() || asked.dryRun()) {
      server.handle(request, answer);
    } else if (asked.isStatus()) {
      passStatus(request, asked, answer);
    } else {
      Target target = Target.of(asked);
      beginOther(target);
      server.handle(request, new Then(answer, (status, body) -> endOther(target)));
    }
  }

  private synchronized void beginOther(Target target) {
    othersNow.merge(target, 1, Integer::sum);
    checksNow.getOrDefault(target, List.of()).forEach(check -> check.disturbed = true);
  }

  private synchronized void endOther(Target target) {
    othersNow.computeIfPresent(target, (key, count) -> count == 1 ? null : count - 1);
  }

  private synchronized Check beginCheck(Target target) {
    Check check = new Check();
    check.disturbed = othersNow.containsKey(target);
    checksNow.computeIfAbsent(target, key -> new ArrayList<>()).add(check);
    return check;
  }

  private synchronized void endCheck(Asked asked, Check check, int status, byte[] after) {
    checksNow.computeIfPresent(
        Target.of(asked),
        (key, checks) -> {
          checks.remove(check);
          return checks.isEmpty() ? null : checks;
        });
    boolean comparable = check.readable && !check.disturbed && status == 200 && isJson(after);
    if (comparable && !spec(check.before).equals(spec(after))) {
      Place place = asked.place();
      misdeeds.add(
          "a write to the status of %s %s/%s by '%s' changed its spec"
              .formatted(place.resource(), place.namespace(), place.name(), asked.manager()));
    }
  }

  private static boolean isJson(byte[] body) {
    return body.length > 0 && body[0] == '{';
  }

  private static JsonNode spec(byte[] object) {
    return JsonText.field(object, "spec");
  }

  private void passStatus(HttpRequest request, Asked asked, HttpAnswer answer) {
    Check check = beginCheck(Target.of(asked));
    String object = request.path().substring(0, request.path().length() - "/status".length());
    Map<String, String> headers = Map.of("accept", "application/json");
    server.handle(
        new HttpRequest("GET", object, "", headers, new byte[0]),
        new Captured(
            (status, before) -> {
              synchronized (this) {
                check.readable = status == 200;
                check.before = before;
              }
              server.handle(
                  request, new Then(answer, (code, after) -> endCheck(asked, check, code, after)));
            }));
  }

  synchronized List<String> takeMisdeeds() {
    List<String> taken = List.copyOf(misdeeds);
    misdeeds.clear();
    return taken;
  }

  /** Is given a whole answer. */
  @FunctionalInterface
  private interface Reader {
    void read(int status, byte[] body);
  }

  /** An answer for us alone. */
  private record Captured(Reader reader) implements HttpAnswer {
    @Override
    public void send(int status, Map<String, String> headers, byte[] body) {
      reader.read(status, body);
    }

    @Override
    public HttpStream stream(int status, Map<String, String> headers) {
      throw new IllegalStateException("a read of one object was answered with a stream");
    }

    @Override
    public void reset() {
      reader.read(0, new byte[0]);
    }
  }

  /** An answer that is looked at before it goes to the client. */
  private record Then(HttpAnswer client, Reader reader) implements HttpAnswer {
    @Override
    public void send(int status, Map<String, String> headers, byte[] body) {
      reader.read(status, body);
      client.send(status, headers, body);
    }

    @Override
    public HttpStream stream(int status, Map<String, String> headers) {
      reader.read(status, new byte[0]);
      return client.stream(status, headers);
    }

    @Override
    public void reset() {
      reader.read(0, new byte[0]);
      client.reset();
    }
  }
}
