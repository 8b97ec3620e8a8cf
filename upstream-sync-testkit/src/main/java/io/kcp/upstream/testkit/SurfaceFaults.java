package io.kcp.upstream.testkit;

import io.kcp.upstream.testkit.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The faults of one surface.
 *
 * @param workspace "" for all of a server
 */
record SurfaceFaults(FaultRules rules, String workspace) implements Faults {
  private static final String FLOW = "f1000000-0000-4000-8000-000000000000";
  private static final String LEVEL = "f2000000-0000-4000-8000-000000000000";

  @Override
  public Match on(Verb verb, String resource) {
    Predicate<Asked> matching = ResourcePattern.parse(resource);
    return new Chain(
        verb + " " + resource,
        asked ->
            asked.verb() == verb
                && (workspace.isEmpty() || asked.workspace().equals(workspace))
                && matching.test(asked));
  }

  @Override
  public Fault random(long seed, double share) {
    String text = "random(seed %d, share %s)".formatted(seed, share);
    return inForce(
        new FaultRule.Target(text, new RandomHarm(workspace, seed, share)),
        new FaultRule.Bounds(1, Integer.MAX_VALUE));
  }

  private Fault inForce(FaultRule.Target target, FaultRule.Bounds bounds) {
    FaultRule rule = new FaultRule(target, bounds);
    rules.add(rule);
    return rule;
  }

  /** A fault being made. */
  private final class Chain implements Match {
    private String text;
    private Predicate<Asked> matching;
    private int from; // 0: not given
    private int times; // 0: not given

    Chain(String text, Predicate<Asked> matching) {
      this.text = text;
      this.matching = matching;
    }

    private Match and(String more, Predicate<Asked> condition) {
      text += " " + more;
      matching = matching.and(condition);
      return this;
    }

    @Override
    public Match namespace(String name) {
      return and("in " + name, asked -> asked.place().namespace().equals(name));
    }

    @Override
    public Match manager(String name) {
      return and("by " + name, asked -> asked.manager().equals(name));
    }

    @Override
    public Match nth(int request) {
      from = positive("nth", request);
      text += " from #" + request;
      return this;
    }

    @Override
    public Match times(int count) {
      times = positive("times", count);
      text += " " + count + " times";
      return this;
    }

    private int positive(String what, int number) {
      if (number < 1) {
        throw new IllegalArgumentException("%s: %d is not at least 1".formatted(what, number));
      }
      return number;
    }

    private Fault make(String what, Harm harm) {
      return make(what, asked -> true, harm);
    }

    private Fault make(String what, Predicate<Asked> fits, Harm harm) {
      return makeEach(what, fits, request -> harm);
    }

    private Fault makeEach(String what, Predicate<Asked> fits, Function<HttpRequest, Harm> harm) {
      Predicate<Asked> all = matching.and(fits);
      int unlessGiven = from > 0 ? 1 : Integer.MAX_VALUE;
      int limit = times > 0 ? times : unlessGiven;
      return inForce(
          new FaultRule.Target(
              text + ": " + what, (request, asked) -> all.test(asked) ? harm.apply(request) : null),
          new FaultRule.Bounds(from, limit));
    }

    @Override
    public Fault respond(int code) {
      return make("respond " + code, Harm.refuse(code));
    }

    @Override
    public Fault respond(int code, Duration retryAfter) {
      return make("respond " + code + " after " + retryAfter, Harm.refuse(code, retryAfter));
    }

    @Override
    public Fault respondText(int code, String body) {
      Map<String, String> headers = new LinkedHashMap<>();
      headers.put("Content-Type", "text/plain; charset=utf-8");
      if (code == 429) {
        headers.put("Retry-After", "1");
        headers.put("X-Kubernetes-PF-FlowSchema-UID", FLOW);
        headers.put("X-Kubernetes-PF-PriorityLevel-UID", LEVEL);
      }
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      return make("respond " + code + " as text", Harm.respond(code, headers, bytes));
    }

    @Override
    public Fault delay(Duration time) {
      return make("delay " + time, Harm.delay(time));
    }

    @Override
    public Fault hang() {
      return make("hang", Harm.hang());
    }

    @Override
    public Fault resetBeforeWrite() {
      return make("reset before the write", Harm.resetBefore());
    }

    @Override
    public Fault resetAfterWrite() {
      return make("reset after the write", Harm.resetAfter());
    }

    @Override
    public Fault truncate(int bytes) {
      return make(
          "truncate after " + bytes + " bytes",
          exchange -> exchange.server().accept(new CutAnswer(exchange, bytes)));
    }

    @Override
    public Fault dropAfterEvents(int count) {
      return make("drop after " + count + " events", this::isWatch, EventAnswer.drop(count));
    }

    @Override
    public Fault duplicateEvents() {
      return make("duplicate events", this::isWatch, EventAnswer.duplicate());
    }

    @Override
    public Fault expire() {
      return make("expire", Expiry::concerns, Expiry::act);
    }

    @Override
    public Fault stale() {
      StaleLists lists = new StaleLists();
      return makeEach("stale", asked -> asked.verb() == Verb.LIST, lists::harm);
    }

    private boolean isWatch(Asked asked) {
      return asked.verb() == Verb.WATCH;
    }
  }
}
