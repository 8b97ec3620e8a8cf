package io.kcp.upstream.status.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/health.md names the rules that there are. */
class HealthPageIT {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\|(( `[a-z]+(-[a-z]+)*\\.[a-z-]+`,?)+) \\|");
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");

  @Test
  void everyRuleIsOnThePageAndNoOther() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "health.md"));

    Set<String> named =
        ROW.matcher(page)
            .results()
            .flatMap(row -> NAME.matcher(row.group(1)).results())
            .map(name -> name.group(1))
            .collect(Collectors.toSet());

    assertThat(named)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(UnionRules.names(), Stream.of("generic.missing", "generic.unreadable"))
                .toList());
    assertThat(page).contains("(`" + ChildPods.RULE + "`)");
  }
}
