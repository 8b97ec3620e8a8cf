package io.kcp.upstream.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.ConflictRecord.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * What holds of merging whatever the three sides are. A case is made from its number; {@code
 * -Dmerge.cases} has more of them looked at, {@code -Dmerge.first} lets the numbers begin
 * elsewhere.
 */
class MergePropertiesTest {
  private static final int CASES = Integer.getInteger("merge.cases", 2_000);
  private static final int FIRST = Integer.getInteger("merge.first", 0);
  private static final List<String> STRATEGIES =
      List.of(WebFixture.CLIENT, WebFixture.SERVER, WebFixture.THREE_WAY);

  private static void inEachCase(Consumer<Random> property) {
    for (int number = FIRST; number < FIRST + CASES; number++) {
      try {
        property.accept(new Random(number));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(
            "case %d: run it with -Dmerge.first=%d".formatted(number, number), e);
      }
    }
  }

  private static String any(Random random) {
    return STRATEGIES.get(random.nextInt(STRATEGIES.size()));
  }

  @Test
  void mergingAgainChangesNothing() {
    inEachCase(
        random -> {
          Widget base = Widget.any(random);
          Widget physical = base.edited(random);
          try (Merging merging = new Merging(any(random), base)) {
            merging.upstreamIs(base.edited(random));
            Resolution first = merging.pass(physical);
            var after = merging.live().asMap();

            Resolution second = merging.pass(physical);

            assertThat(merging.live().asMap()).isEqualTo(after);
            assertThat(second.yielded()).isEqualTo(first.yielded());
            assertThat(second.unresolved()).isEqualTo(first.unresolved());
            assertThat(second.records()).allMatch(record -> record.outcome() == Outcome.UNRESOLVED);
          }
        });
  }

  @Test
  void theSideThatAloneChangedIsTheResult() {
    inEachCase(
        random -> {
          Widget base = Widget.any(random);
          Widget changed = base.edited(random);
          String strategy = any(random);
          try (Merging merging = new Merging(strategy, base)) {
            assertThat(merging.pass(changed).records()).isEmpty();
            assertThat(merging.upstream()).isEqualTo(changed);
          }
          try (Merging merging = new Merging(WebFixture.THREE_WAY, base)) {
            merging.upstreamIs(changed);
            assertThat(merging.pass(base).unresolved()).isEmpty();
            assertThat(merging.upstream()).isEqualTo(changed);
          }
        });
  }

  @Test
  void theSameChangeOnBothSidesIsTheResult() {
    inEachCase(
        random -> {
          Widget base = Widget.any(random);
          Widget changed = base.edited(random);
          try (Merging merging = new Merging(any(random), base)) {
            merging.upstreamIs(changed);

            assertThat(merging.pass(changed).records()).isEmpty();

            assertThat(merging.upstream()).isEqualTo(changed);
          }
        });
  }

  @Test
  void clientWinsAndServerWinsAreMirrorImages() {
    inEachCase(
        random -> {
          Widget base = Widget.any(random);
          Widget one = base.edited(random);
          Widget other = base.edited(random);
          try (Merging client = new Merging(WebFixture.CLIENT, base);
              Merging server = new Merging(WebFixture.SERVER, base)) {
            client.upstreamIs(other);
            server.upstreamIs(one);

            client.pass(one);
            server.pass(other);

            for (String field : base.fieldsChangedByBoth(one, other)) {
              assertThat(client.upstream().part(field))
                  .as(field)
                  .isEqualTo(server.upstream().part(field))
                  .isEqualTo(one.part(field));
            }
          }
        });
  }

  @Test
  void theOrderOfDisjointEditsDoesNotMatter() {
    inEachCase(
        random -> {
          Widget base = Widget.any(random);
          Widget edited = base.edited(random);
          Map<String, Boolean> isPhysicals = new HashMap<>();
          base.fieldsChangedBy(edited)
              .forEach(field -> isPhysicals.put(field, random.nextBoolean()));

          for (int order = 0; order < 2; order++) {
            try (Merging merging = new Merging(WebFixture.THREE_WAY, base)) {
              Widget physical = base;
              for (String field : base.shuffled(edited, random)) {
                if (isPhysicals.getOrDefault(field, false)) {
                  physical = physical.with(field, edited.at(field));
                } else {
                  merging.upstreamSets(field, edited.at(field));
                }
                if (random.nextBoolean()) {
                  merging.pass(physical);
                }
              }
              merging.pass(physical);

              assertThat(merging.upstream()).isEqualTo(edited);
            }
          }
        });
  }
}
