package io.kcp.upstream.testkit;

import io.kcp.upstream.testkit.http.HttpAnswer;
import io.kcp.upstream.testkit.http.HttpRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The faults of one server, oldest first. */
final class FaultRules {
  private final List<FaultRule> rules = new CopyOnWriteArrayList<>();

  void add(FaultRule rule) {
    rules.add(rule);
  }

  /** Lets the oldest fault that meets the request act, else hands it to the server. */
  void pass(HttpRequest request, Asked asked, HttpAnswer answer, Consumer<HttpAnswer> server) {
    FaultRule.Claim claim = null;
    for (FaultRule rule : rules) {
      // Each rule counts what matches it, also when an older one acts.
      FaultRule.Claim own = rule.claim(request, asked, claim == null);
      claim = claim == null ? own : claim;
    }
    if (claim == null) {
      server.accept(answer);
    } else {
      claim.harm().act(new Harm.Exchange(asked.verb(), answer, server, claim));
    }
  }

  /** Faults that never fired and should have, and the seeds of the random ones. */
  List<String> unfired() {
    return rules.stream().filter(FaultRule::isOverdue).map(FaultRule::toString).toList();
  }

  /** The random faults, which a failed test is repeated with. */
  List<String> seeds() {
    return rules.stream().filter(FaultRule::isRandom).map(FaultRule::toString).toList();
  }

  /** Lifts and forgets all. */
  void clear() {
    rules.forEach(FaultRule::lift);
    rules.clear();
  }
}
