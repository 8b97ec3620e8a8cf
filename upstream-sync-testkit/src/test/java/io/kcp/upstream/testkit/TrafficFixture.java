package io.kcp.upstream.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kcp.upstream.testkit.http.HttpBackend;
import io.kcp.upstream.testkit.http.HttpRequest;
import java.util.Map;

/** Requests to a store of one text, through faults and journal. */
final class TrafficFixture {
  static final String WEB = "/apis/apps/v1/namespaces/shop/deployments/web";
  static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/shop/deployments";

  final StoreOfOne store = new StoreOfOne();
  final Traffic traffic;
  final Faults faults;
  final Journal journal;

  TrafficFixture() {
    traffic = new Traffic(store);
    faults = new SurfaceFaults(traffic.faults(), "");
    journal = JournalView.of(traffic.journal(), "");
  }

  RecordedAnswer get(String target) {
    return client("GET", target, "");
  }

  RecordedAnswer apply(String target, String body) {
    return through(traffic.clients(), "PATCH", target, body);
  }

  RecordedAnswer client(String method, String target, String body) {
    return through(traffic.clients(), method, target, body);
  }

  RecordedAnswer reader(String method, String target) {
    return through(traffic.readers(), method, target, "");
  }

  RecordedAnswer act(String method, String target, String body) {
    return through(traffic.acts(), method, target, body);
  }

  static HttpRequest request(String method, String target, String body) {
    int mark = target.indexOf('?');
    Map<String, String> headers =
        Map.of(
            "content-type",
            method.equals("PATCH") ? "application/apply-patch+yaml" : "application/json",
            "user-agent",
            "agent/1.2 (linux)");
    return new HttpRequest(
        method,
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? "" : target.substring(mark + 1),
        headers,
        body.getBytes(UTF_8));
  }

  private static RecordedAnswer through(
      HttpBackend door, String method, String target, String body) {
    RecordedAnswer answer = new RecordedAnswer();
    door.handle(request(method, target, body), answer);
    return answer;
  }
}
