package io.kcp.upstream.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSelectorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                                     | true  | true
          {matchLabels: {a: x}}                                                  | true  | false
          {matchLabels: {a: y}}                                                  | false | false
          {matchLabels: {a: ''}}                                                 | false | false
          {matchLabels: {example.com/b: ''}}                                     | true  | false
          {matchExpressions: [{key: a, operator: In, values: [x, y]}]}           | true  | false
          {matchExpressions: [{key: a, operator: NotIn, values: [x]}]}           | false | true
          {matchExpressions: [{key: a, operator: NotIn, values: [y]}]}           | true  | true
          {matchExpressions: [{key: a, operator: Exists}]}                       | true  | false
          {matchExpressions: [{key: a, operator: DoesNotExist}]}                 | false | true
          {matchLabels: {a: x}, matchExpressions: [{key: c, operator: Exists}]}  | false | false
          """)
  void matchesAsAServerDoes(String selector, boolean labelled, boolean bare) {
    LabelSelector read = LabelSelectorReader.read(SpecReader.of(Yaml.tree(selector), "selector"));

    assertThat(read.matches(Map.of("a", "x", "example.com/b", ""))).isEqualTo(labelled);
    assertThat(read.matches(Map.of())).isEqualTo(bare);
  }
}
