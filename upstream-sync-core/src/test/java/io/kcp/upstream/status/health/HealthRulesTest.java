package io.kcp.upstream.status.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.Health;
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
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Who is asked, in which order, and what becomes of odd answers and odd objects. */
class HealthRulesTest {
  private static final HealthContext CONTEXT = new Context(HealthCases.NOW, Optional.empty());
  private static final HealthVerdict SUSPENDED =
      HealthVerdict.of(Health.SUSPENDED, "AtRest", "it rests");

  private static final ObjectTree CLAIM =
      ObjectTree.of(
          Map.of(
              "apiVersion",
              "v1",
              "kind",
              "PersistentVolumeClaim",
              "metadata",
              Map.of("name", "data", "namespace", "shop"),
              "status",
              Map.of("phase", "Bound")));

  private record Context(Instant now, Optional<PodRollup> pods) implements HealthContext {}

  private record Check(String name, Supplier<Optional<HealthVerdict>> answer)
      implements HealthCheck {
    @Override
    public boolean handles(GroupResource resource) {
      return resource.toString().equals("persistentvolumeclaims");
    }

    @Override
    public Optional<HealthVerdict> assess(ObjectTree object, HealthContext context) {
      return answer.get();
    }
  }

  private static Check saying(String name, HealthVerdict verdict) {
    return new Check(name, () -> Optional.ofNullable(verdict));
  }

  private static Assessment assess(ObjectTree object, HealthCheck... checks) {
    return HealthRules.of(HealthSettings.defaults(), List.of(checks)).assess(object, CONTEXT);
  }

  @Test
  void whatIsNotThereIsMissing() {
    assertThat(assess(null).health()).isEqualTo(Health.MISSING);
  }

  @Test
  void aCheckIsAskedBeforeTheRules() {
    Assessment claim = assess(CLAIM, saying("example.com/rest", SUSPENDED));

    assertThat(claim.health()).isEqualTo(Health.SUSPENDED);
    assertThat(claim.rule()).isEqualTo("example.com/rest");
    assertThat(claim.reason()).isEqualTo("AtRest");
  }

  @Test
  void theFirstAnswerOfTheChecksWins() {
    HealthVerdict degraded = HealthVerdict.of(Health.DEGRADED, "Broken", "it is broken");

    Assessment claim =
        assess(CLAIM, saying("none", null), saying("first", SUSPENDED), saying("second", degraded));

    assertThat(claim.rule()).isEqualTo("first");
    assertThat(claim.faults()).isEmpty();
  }

  @Test
  void aCheckIsNotAskedAboutOtherTypes() {
    ObjectTree volume = CLAIM.with("kind", "PersistentVolume");

    assertThat(assess(volume, saying("first", SUSPENDED)).rule()).isEqualTo("volume.phase");
  }

  @Test
  void aCheckThatThrowsIsNamedAndTheNextAsked() {
    Check broken =
        new Check(
            "broken",
            () -> {
              throw new IllegalStateException("a value of the object");
            });

    Assessment claim = assess(CLAIM, broken, saying("second", SUSPENDED));

    assertThat(claim.rule()).isEqualTo("second");
    assertThat(claim.faults())
        .containsExactly("health check broken threw java.lang.IllegalStateException");
  }

  @Test
  void uselessAnswersAreNamedAndTheRulesDecide() {
    Assessment claim =
        assess(
            CLAIM,
            new Check("null", () -> null),
            saying("spaces", HealthVerdict.of(Health.HEALTHY, "all is well", "")),
            saying("nothing", new HealthVerdict(null, "Fine", "", false, null)),
            saying("past", SUSPENDED.recheckAfter(Duration.ZERO)));

    assertThat(claim.rule()).isEqualTo("claim.phase");
    assertThat(claim.faults())
        .hasSize(4)
        .anyMatch(fault -> fault.startsWith("health check null returned null"))
        .anyMatch(fault -> fault.startsWith("health check spaces returned a reason"))
        .anyMatch(fault -> fault.startsWith("health check nothing returned a verdict without"))
        .anyMatch(fault -> fault.startsWith("health check past returned a recheckAfter"));
  }

  @Test
  void whatACheckCallsHealthyIsStillBeingDeleted() {
    ObjectTree going = CLAIM.with("metadata.deletionTimestamp", "2026-01-02T03:04:05Z");

    assertThat(assess(going, saying("rest", SUSPENDED)).terminating()).isTrue();
  }

  @Test
  void anObjectThatIsNoneIsUnknownWithTheFieldsPath() {
    Assessment odd =
        assess(ObjectTree.of(Map.of("kind", 5, "metadata", "none")), saying("a", SUSPENDED));

    assertThat(odd.health()).isEqualTo(Health.UNKNOWN);
    assertThat(odd.message()).contains("kind: a string is wanted");
  }

  @Test
  void aSecretsConditionIsNotQuoted() {
    ObjectTree secret =
        ObjectTree.of(
            Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Secret",
                "status",
                Map.of(
                    "conditions",
                    List.of(
                        Map.of("type", "Stalled", "status", "True", "message", "password is x")))));

    assertThat(assess(secret).message()).isEqualTo("Stalled is True");
  }

  @Test
  void theControllersGenerationIsHandedOn() {
    assertThat(assess(CLAIM.with("status.observedGeneration", 7)).observedGeneration())
        .isEqualTo(7);
    assertThat(assess(CLAIM).observedGeneration()).isNull();
  }
}
