package io.kcp.upstream.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MixerTest {
  private static Digest digest(Object value) {
    return new Mixer(DigestWalk.ROOT).put(value).digest();
  }

  @Test
  void textsOfAllLengthsDifferInEachCharacterAndInWhatPadsThem() {
    Set<Long> highs = new HashSet<>();
    Set<Long> lows = new HashSet<>();
    int texts = 0;
    for (int length = 0; length <= 40; length++) {
      List<String> each = new ArrayList<>(List.of("a".repeat(length)));
      for (int i = 0; i < length; i++) {
        each.add("a".repeat(i) + "b" + "a".repeat(length - i - 1));
        each.add("a".repeat(i) + "\0".repeat(length - i));
      }
      for (String text : each) {
        highs.add(digest(text).high());
        lows.add(digest(text).low());
        texts++;
      }
    }

    assertThat(highs).hasSize(texts);
    assertThat(lows).hasSize(texts);
  }

  @Test
  void valuesOfEachTypeAndPlaceDiffer() {
    List<Object> values =
        List.of(
            1L,
            1.0,
            2L,
            "1",
            true,
            false,
            "true",
            "",
            List.of(),
            Map.of(),
            List.of(1L, 2L),
            List.of(2L, 1L),
            List.of(List.of(1L), 2L),
            List.of(1L, List.of(2L)),
            Map.of("a", 1L),
            Map.of("a", Map.of("b", 1L)),
            Map.of("a", Map.of(), "b", 1L),
            Map.of("b", "a"),
            Map.of("a", "b"),
            Map.of("a", "b", "c", "d"),
            Map.of("a", "d", "c", "b"));

    assertThat(values.stream().map(MixerTest::digest)).doesNotHaveDuplicates();
    assertThat(values.stream().map(value -> digest(List.of(value, value)))).doesNotHaveDuplicates();
    assertThat(new Mixer(digest("a")).put("b").digest()).isNotEqualTo(digest("b"));
  }

  @Test
  void theOrderOfFieldsDoesNotCount() {
    assertThat(digest(ImmutableMap.of("a", 1L, "b", List.of("x"), "c", Map.of())))
        .isEqualTo(digest(ImmutableMap.of("c", Map.of(), "b", List.of("x"), "a", 1L)));
  }
}
