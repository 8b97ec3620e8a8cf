package io.kcp.upstream.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "*, shop, true",
    "shop, shop, true",
    "shop, shops, false",
    "team-*, team-a, true",
    "team-*, team-, true",
    "team-*, my-team-a, false",
    "*-x-*, a-x-b, true",
    "**, shop, true",
    "a.c, abc, false",
    "a*b*c, a1b2b3c, true",
    "a*b*c, a1c, false"
  })
  void starStandsForAnythingAndNothingElseIsSpecial(String glob, String name, boolean matches) {
    assertThat(Glob.ofObjects("names[0]", glob).matches(name)).isEqualTo(matches);
  }
}
