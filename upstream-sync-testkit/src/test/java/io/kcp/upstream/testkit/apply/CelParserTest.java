package io.kcp.upstream.testkit.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CelParserTest {
  private static final Map<String, Object> VARIABLES =
      Map.of(
          "self",
          Yaml.object(
              "{a: x, n: 3, f: 0.5, l: [1, 2], m: {k: v}, t: true, e: '', items: [{name: a}, {name: b}]}"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "self.a == 'x' && self.n == 3 && self.f == 0.5",
        "self.a != \"y\" || self.nope == 1",
        "self.nope == 1 || self.a == 'x'",
        "!(self.nope == 1 && self.a == 'y')",
        "self.n > 2 && self.n >= 3 && self.n < 4 && self.n <= 3",
        "self.a < 'y' && self.a >= 'x'",
        "self.a in ['x', 'y'] && 2 in self.l && 'k' in self.m && !(self.a in [])",
        "has(self.a) && !has(self.nope)",
        "size(self.l) == 2 && self.l.size() == 2 && size(self.a) == 1 && size(self.m) == 1",
        "self.items.all(i, i.name != 'c') && self.items.exists(i, i.name == 'b')",
        "!self.items.all(i, i.name == 'a') && !self.items.exists(i, i.name == 'c')",
        "self.m.all(k, k == 'k')",
        "self.t ? true : false",
        "self.l[1] == 2 && self.m['k'] == 'v'",
        "self.a.startsWith('x') && self.a.endsWith('x') && self.a.contains('x') && self.a.matches('^.$')",
        "self.e == '' && 'it\\'s' != null",
        "self == self"
      })
  void holds(String rule) {
    assertThat(CelParser.parse(rule).orElseThrow().value(VARIABLES)).isEqualTo(true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "self.n + 1",
        "self.map(x, x)",
        "duration('1h')",
        "self.a ==",
        "(self.a",
        "self.l.exists(x)",
        "self.a; self.n",
        "has(1)",
        ""
      })
  void isBeyondThisReader(String rule) {
    assertThat(CelParser.parse(rule)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "self.nope",
        "other",
        "!self.a",
        "self.a < 1",
        "size(1)",
        "self.l[5]",
        "self.n.startsWith('a')",
        "self.nope || false"
      })
  void hasNoValue(String rule) {
    CelParser.Expression expression = CelParser.parse(rule).orElseThrow();

    assertThatThrownBy(() -> expression.value(VARIABLES))
        .isInstanceOf(CelParser.EvaluationException.class);
  }

  @Test
  void theProjectsOwnRulesAreRead() {
    assertThat(
            CelParser.parse(
                "(self.operator in ['In','NotIn']) == (has(self.values) && size(self.values) > 0)"))
        .isPresent();
    assertThat(
            CelParser.parse(
                "self.adoptionPolicy != 'Always' || !has(self.resources) || self.resources.all(r, r.resource != '*')"))
        .isPresent();
  }
}
