package io.kcp.upstream.status.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.HealthContext;
import io.kcp.upstream.spi.PodRollup;
import io.kcp.upstream.status.health.HealthCases.Case;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule, by the cases in the files of this package's resources. */
class HealthCasesTest {
  static Stream<Case> all() {
    return HealthCases.all();
  }

  private static Assessment assess(Case one, HealthProfile profile) {
    return HealthRules.of(one.settings().withProfile(profile), List.of())
        .assess(one.object(), one.context());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void isJudgedAsOurRulesSay(Case one) {
    Assessment is = assess(one, HealthProfile.UNION);

    assertThat(is.health() + " " + is.rule() + flags(is))
        .as(is.message())
        .isEqualTo(one.expected("union").orElseThrow());
    assertThat(Texts.isReason(is.reason())).as(is.reason()).isTrue();
    assertThat(is.message()).isNotBlank().doesNotContain("\n");
    one.expected("reason").ifPresent(reason -> assertThat(is.reason()).isEqualTo(reason));
    one.expected("message").ifPresent(message -> assertThat(is.message()).isEqualTo(message));
    one.expected("views")
        .ifPresent(
            views ->
                assertThat(is.kstatus() + " " + is.argo() + " " + is.karmada()).isEqualTo(views));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void isJudgedAsTheToolsDo(Case one) {
    check(one, HealthProfile.KSTATUS, "kstatus", Assessment::kstatus);
    check(one, HealthProfile.GITOPS, "gitops", is -> is.assessed() ? is.argo() : "none");
    check(one, HealthProfile.KARMADA, "karmada", Assessment::karmada);
  }

  private static void check(
      Case one, HealthProfile profile, String name, Function<Assessment, String> words) {
    Optional<String> expected = one.expected(name);
    Assessment is = assess(one, profile);
    assertThat(Texts.isReason(is.reason())).as(is.reason()).isTrue();
    expected.ifPresent(
        wanted ->
            assertThat(words.apply(is) + (wanted.contains(" ") ? toolFlags(is) : ""))
                .as(name + ": " + is)
                .isEqualTo(wanted));
  }

  private static String flags(Assessment is) {
    return toolFlags(is)
        + (is.assessed() ? "" : " unassessed")
        + (is.observedGeneration() == null ? "" : " observed=" + is.observedGeneration());
  }

  private static String toolFlags(Assessment is) {
    return (is.terminating() ? " terminating" : "")
        + (is.finished() ? " finished" : "")
        + (is.recheckAfter() == null ? "" : " recheck=" + is.recheckAfter());
  }

  @Test
  void everyRuleDecidesACase() {
    Set<String> decided =
        all().map(one -> assess(one, HealthProfile.UNION).rule()).collect(Collectors.toSet());

    assertThat(UnionRules.names()).isSubsetOf(decided);
  }

  /** The inputs on which the tools, or we and all of them, disagree; each is a case. */
  @Test
  void theTwentyDisputesAreDecided() {
    List<Case> disputed = all().filter(one -> one.expected("disputed").isPresent()).toList();

    assertThat(disputed)
        .extracting(one -> Integer.valueOf(one.expected("disputed").orElseThrow()))
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
    assertThat(disputed)
        .allSatisfy(
            one ->
                assertThat(
                        Stream.of(HealthProfile.values())
                            .map(profile -> assess(one, profile).health())
                            .distinct())
                    .hasSizeGreaterThan(1));
  }

  @Test
  void noTwoCasesOfAKindHaveOneName() {
    assertThat(all().map(Case::toString)).doesNotHaveDuplicates().hasSizeGreaterThan(300);
  }

  @Test
  void noCaseChangesWithTimeUnlessItSaysWhen() {
    // The contract that health checks of others must keep as well.
    for (Case one : all().toList()) {
      Assessment now = assess(one, HealthProfile.UNION);
      Assessment later =
          HealthRules.of(one.settings(), List.of()).assess(one.object(), new Later(one.context()));
      assertThat(now.recheckAfter() != null || now.health() == later.health())
          .as(one.toString())
          .isTrue();
    }
  }

  private record Later(HealthContext context) implements HealthContext {
    @Override
    public Instant now() {
      return context.now().plus(Duration.ofDays(3650));
    }

    @Override
    public Optional<PodRollup> pods() {
      return context.pods();
    }
  }
}
