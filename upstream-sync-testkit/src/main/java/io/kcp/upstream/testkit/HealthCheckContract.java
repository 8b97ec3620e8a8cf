package io.kcp.upstream.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kcp.upstream.spi.HealthCheck;
import io.kcp.upstream.spi.HealthContext;
import io.kcp.upstream.spi.HealthVerdict;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.spi.PodRollup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link HealthCheck} must keep: extend it in the check's tests. It is asked about each
 * sample, about each sample without its status, as a new object is, and with and without pods. A
 * sample's type is guessed from its apiVersion and kind, as {@code deployments.apps}.
 */
public abstract class HealthCheckContract {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  /** For subclasses. */
  protected HealthCheckContract() {}

  /** A new instance of the check under test, equal in behaviour to any other. */
  protected abstract HealthCheck check();

  /** Objects of the kinds that the check is made for. */
  protected abstract Stream<ObjectTree> samples();

  private record Context(Instant now, Optional<PodRollup> pods) implements HealthContext {}

  /** One question to a check. */
  private record Question(ObjectTree object, Context context) {
    Optional<HealthVerdict> askedOf(HealthCheck check) {
      Optional<HealthVerdict> verdict = check.assess(object, context);
      assertNotNull(verdict, () -> "null for " + this + ": no verdict is Optional.empty()");
      return verdict;
    }

    Question after(Duration time) {
      return new Question(object, new Context(context.now().plus(time), context.pods()));
    }

    @Override
    public String toString() {
      return object + (context.pods().isPresent() ? " with pods" : " without pods");
    }
  }

  private List<ObjectTree> objects() {
    return PluginRules.notEmpty(samples().toList());
  }

  private List<Question> questions() {
    PodRollup pods =
        new PodRollup(3, 1, 4, Map.of("Running", 2, "Pending", 1), Map.of("CrashLoopBackOff", 1));
    return objects().stream()
        .flatMap(object -> Stream.of(object, object.without("status")))
        .flatMap(
            object ->
                Stream.of(
                    new Question(object, new Context(NOW, Optional.empty())),
                    new Question(object, new Context(NOW, Optional.of(pods)))))
        .toList();
  }

  /** Reports can name it. */
  @Test
  public void hasAValidName() {
    PluginRules.checkName(check().name(), check().name());
  }

  /** It would not be asked about them otherwise. */
  @Test
  public void handlesItsSamples() {
    HealthCheck check = check();
    for (ObjectTree object : objects()) {
      var resource = SampleContext.of(object, Map.of()).physical().resource();
      assertTrue(check.handles(resource), () -> "it does not handle " + resource);
    }
  }

  /** Its reasons stand in conditions, which want CamelCase. */
  @Test
  public void givesReasonsInCamelCase() {
    for (Question question : questions()) {
      question
          .askedOf(check())
          .ifPresent(
              verdict ->
                  assertTrue(
                      verdict.reason().matches("[A-Z][A-Za-z0-9]*"),
                      () -> "reason: '%s' is not CamelCase".formatted(verdict.reason())));
    }
  }

  /** The same object and context, the same verdict, also by another instance. */
  @Test
  public void judgesTheSameAgain() {
    HealthCheck check = check();
    for (Question question : questions()) {
      Optional<HealthVerdict> first = question.askedOf(check);
      assertEquals(first, question.askedOf(check), () -> "asked again: " + question);
      assertEquals(first, question.askedOf(check()), () -> "another instance: " + question);
    }
  }

  /** Workers ask one instance, many at a time. */
  @Test
  public void judgesTheSameForManyThreads() {
    HealthCheck check = check();
    List<Question> questions = questions();
    PluginRules.checkThreads(
        () -> questions.stream().map(question -> question.askedOf(check)).toList());
  }

  /** Nothing else would make the object be judged again when only time has passed. */
  @Test
  public void saysWhenToLookAgainWhereTimeMatters() {
    HealthCheck check = check();
    for (Question question : questions()) {
      Optional<HealthVerdict> now = question.askedOf(check);
      Optional<HealthVerdict> later = question.after(Duration.ofDays(3650)).askedOf(check);
      boolean sameLater =
          now.map(HealthVerdict::health).equals(later.map(HealthVerdict::health))
              && now.map(HealthVerdict::reason).equals(later.map(HealthVerdict::reason));
      Duration recheck = now.map(HealthVerdict::recheckAfter).orElse(null);
      assertTrue(
          sameLater || (recheck != null && !recheck.isNegative() && !recheck.isZero()),
          () -> "its verdict changes with time and does not say when to look again: " + question);
    }
  }
}
