package com.example.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/testkit.md} quotes this module's classes to the letter, imports aside. */
class QuotedTest {
  private static final Pattern IMPORTS = Pattern.compile("(?s)^package .*?;\n+(import .*?;\n+)*");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "src/main/java/com/example/plugins/HighestWins.java",
        "src/test/java/com/example/plugins/HighestWinsTest.java",
        "src/test/java/com/example/plugins/HighestWinsIT.java"
      })
  void byThePageOnTheTestkit(String file) throws IOException {
    Matcher imports = IMPORTS.matcher(Files.readString(Path.of(file)));
    String body = imports.replaceFirst("");

    assertThat(Files.readString(Path.of("../../docs/testkit.md")))
        .contains("```java\n" + body + "```\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"upstream-sync-api", "upstream-sync-testkit"})
  void withTheModulesThatTheyNeed(String artifact) throws IOException {
    String named = "<artifactId>" + artifact + "</artifactId>";

    assertThat(Files.readString(Path.of("pom.xml"))).contains(named);
    assertThat(Files.readString(Path.of("../../docs/testkit.md"))).contains(named);
  }
}
