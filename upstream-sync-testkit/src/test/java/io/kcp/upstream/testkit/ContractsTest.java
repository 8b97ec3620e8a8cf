package io.kcp.upstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.kcp.upstream.spi.ConflictStrategy;
import io.kcp.upstream.spi.Decision;
import io.kcp.upstream.spi.FieldConflict;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.Health;
import io.kcp.upstream.spi.HealthCheck;
import io.kcp.upstream.spi.HealthContext;
import io.kcp.upstream.spi.HealthVerdict;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.spi.TransformContext;
import io.kcp.upstream.spi.Transformer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Good plug-ins pass their contracts; each bad one fails at the rule that it breaks. */
class ContractsTest {
  private static List<String> failuresOf(Class<?> contract) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(contract))
        .execute()
        .testEvents()
        .failed()
        .map(event -> event.getTestDescriptor().getDisplayName().replace("()", ""))
        .toList();
  }

  private static ObjectTree configMap() {
    return ObjectTree.of(
        Map.of(
            "apiVersion",
            "v1",
            "kind",
            "ConfigMap",
            "metadata",
            Map.of("namespace", "shop", "name", "settings"),
            "data",
            Map.of("host", "internal"),
            "status",
            Map.of("since", "2026-01-01T00:00:00Z")));
  }

  @Nested
  class OfStrategies {
    /** The higher number wins; who has no number is asked for nothing. */
    static class HighestWins implements ConflictStrategy {
      @Override
      public String name() {
        return "acme.example.com/highest-wins";
      }

      @Override
      public Decision resolve(FieldConflict conflict) {
        if (!(conflict.physicalValue() instanceof Long ours)
            || !(conflict.upstreamValue() instanceof Long theirs)) {
          return Decision.unresolved("NotIntegers");
        }
        return theirs > ours ? Decision.keepUpstream() : Decision.takePhysical();
      }
    }

    static class GoodStrategy extends ConflictStrategyContract {
      @Override
      protected ConflictStrategy strategy() {
        return new HighestWins();
      }
    }

    static class NeverContent extends ConflictStrategyContract {
      @Override
      protected ConflictStrategy strategy() {
        return new HighestWins() {
          @Override
          public Decision resolve(FieldConflict conflict) {
            return conflict.upstreamValue() instanceof Long theirs
                ? Decision.use(theirs + 1)
                : Decision.unresolved("NotIntegers");
          }
        };
      }
    }

    static class Forgetful extends ConflictStrategyContract {
      @Override
      protected ConflictStrategy strategy() {
        AtomicInteger asked = new AtomicInteger();
        return new HighestWins() {
          @Override
          public Decision resolve(FieldConflict conflict) {
            return asked.incrementAndGet() % 2 == 0
                ? Decision.keepUpstream()
                : Decision.takePhysical();
          }
        };
      }
    }

    static class Speechless extends ConflictStrategyContract {
      @Override
      protected ConflictStrategy strategy() {
        return new HighestWins() {
          @Override
          public String name() {
            return "Highest Wins";
          }

          @Override
          public Decision resolve(FieldConflict conflict) {
            return null;
          }
        };
      }
    }

    static class OnlyItsSampleIsBad extends ConflictStrategyContract {
      @Override
      protected ConflictStrategy strategy() {
        return new HighestWins() {
          @Override
          public Decision resolve(FieldConflict conflict) {
            return conflict.path().toString().equals("spec.special")
                ? null
                : super.resolve(conflict);
          }
        };
      }

      @Override
      protected Stream<FieldConflict> samples() {
        return Stream.of(FieldConflicts.on("spec.special").physical("a").build());
      }
    }

    @Test
    void aGoodOnePasses() {
      assertThat(failuresOf(GoodStrategy.class)).isEmpty();
    }

    @Test
    void oneThatFightsWithItselfFails() {
      assertThat(failuresOf(NeverContent.class)).containsExactly("keepsWhatItDecidedFor");
    }

    @Test
    void oneThatCountsItsCallsFails() {
      assertThat(failuresOf(Forgetful.class)).contains("decidesTheSameAgain");
    }

    @Test
    void nullAndANameThatIsNoneFail() {
      assertThat(failuresOf(Speechless.class))
          .contains("decidesOrSaysThatItCannot", "hasAValidName");
    }

    @Test
    void samplesAreCheckedToo() {
      assertThat(failuresOf(OnlyItsSampleIsBad.class)).contains("decidesOrSaysThatItCannot");
    }
  }

  @Nested
  class OfTransformers {
    /** Writes a public host name over the internal one. */
    static class PublicHost implements Transformer {
      @Override
      public String name() {
        return "acme.example.com/public-host";
      }

      @Override
      public boolean handles(GroupResource resource) {
        return resource.equals(GroupResource.parse("configmaps"));
      }

      @Override
      public ObjectTree transform(ObjectTree object, TransformContext context) {
        return object.with("data.host", context.parameters().getOrDefault("host", "public"));
      }
    }

    abstract static class TransformerSamples extends TransformerContract {
      @Override
      protected Stream<ObjectTree> samples() {
        return Stream.of(configMap());
      }
    }

    static class GoodTransformer extends TransformerSamples {
      @Override
      protected Transformer transformer() {
        return new PublicHost();
      }
    }

    static class Renames extends TransformerSamples {
      @Override
      protected Transformer transformer() {
        return new PublicHost() {
          @Override
          public ObjectTree transform(ObjectTree object, TransformContext context) {
            return object.with("metadata.name", "other");
          }
        };
      }
    }

    static class Sweeps extends TransformerSamples {
      @Override
      protected Transformer transformer() {
        return new PublicHost() {
          @Override
          public ObjectTree transform(ObjectTree object, TransformContext context) {
            return object.without("metadata.labels");
          }
        };
      }
    }

    static class ReadsTheClock extends TransformerSamples {
      @Override
      protected Transformer transformer() {
        return new PublicHost() {
          @Override
          public ObjectTree transform(ObjectTree object, TransformContext context) {
            return object.with("data.at", System.nanoTime());
          }
        };
      }
    }

    static class Drops extends TransformerSamples {
      @Override
      protected Transformer transformer() {
        return new PublicHost() {
          @Override
          public ObjectTree transform(ObjectTree object, TransformContext context) {
            return null;
          }
        };
      }
    }

    static class WithoutSamples extends GoodTransformer {
      @Override
      protected Stream<ObjectTree> samples() {
        return Stream.empty();
      }
    }

    @Test
    void aGoodOnePasses() {
      assertThat(failuresOf(GoodTransformer.class)).isEmpty();
    }

    @Test
    void aBadOneFailsAtTheRuleThatItBreaks() {
      assertThat(failuresOf(Renames.class)).containsExactly("leavesTheObjectsIdentityAlone");
      assertThat(failuresOf(Sweeps.class)).containsExactly("leavesTheLibrarysOwnKeysAlone");
      assertThat(failuresOf(ReadsTheClock.class))
          .containsExactlyInAnyOrder("givesTheSameAgain", "givesTheSameToManyThreads");
      assertThat(failuresOf(Drops.class)).contains("givesTheSameAgain");
    }

    @Test
    void nothingToCheckIsAFailure() {
      assertThat(failuresOf(WithoutSamples.class)).contains("givesTheSameAgain");
    }
  }

  @Nested
  class OfHealthChecks {
    /** Healthy from a day after the time in the status. */
    static class Settled implements HealthCheck {
      @Override
      public String name() {
        return "acme.example.com/settled";
      }

      @Override
      public boolean handles(GroupResource resource) {
        return resource.resource().equals("configmaps");
      }

      @Override
      public Optional<HealthVerdict> assess(ObjectTree object, HealthContext context) {
        return object
            .string("status.since")
            .map(since -> verdict(Duration.between(Instant.parse(since), context.now())));
      }

      HealthVerdict verdict(Duration age) {
        Duration left = Duration.ofDays(30).minus(age);
        return left.isNegative()
            ? HealthVerdict.of(Health.HEALTHY, "Settled", "")
            : HealthVerdict.of(Health.PROGRESSING, "Settling", "").recheckAfter(left);
      }
    }

    abstract static class HealthCheckSamples extends HealthCheckContract {
      @Override
      protected Stream<ObjectTree> samples() {
        return Stream.of(configMap());
      }
    }

    static class GoodHealthCheck extends HealthCheckSamples {
      @Override
      protected HealthCheck check() {
        return new Settled();
      }
    }

    static class NeverLooksAgain extends HealthCheckSamples {
      @Override
      protected HealthCheck check() {
        return new Settled() {
          @Override
          HealthVerdict verdict(Duration age) {
            return super.verdict(age).recheckAfter((Duration) null);
          }
        };
      }
    }

    static class NeedsAStatus extends HealthCheckSamples {
      @Override
      protected HealthCheck check() {
        return new Settled() {
          @Override
          public Optional<HealthVerdict> assess(ObjectTree object, HealthContext context) {
            String reason = object.tree("status").orElseThrow().string("since").orElseThrow();
            return Optional.of(HealthVerdict.of(Health.HEALTHY, reason, ""));
          }
        };
      }
    }

    @Test
    void aGoodOnePasses() {
      assertThat(failuresOf(GoodHealthCheck.class)).isEmpty();
    }

    @Test
    void aBadOneFailsAtTheRuleThatItBreaks() {
      assertThat(failuresOf(NeverLooksAgain.class))
          .containsExactly("saysWhenToLookAgainWhereTimeMatters");
      assertThat(failuresOf(NeedsAStatus.class))
          .contains("judgesTheSameAgain", "givesReasonsInCamelCase");
    }
  }
}
