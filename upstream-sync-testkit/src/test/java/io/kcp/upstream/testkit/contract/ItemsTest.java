package io.kcp.upstream.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ItemsTest {
  private static Stream<Class<?>> themes(Class<?> testClass) {
    return Arrays.stream(testClass.getDeclaredClasses())
        .filter(nested -> nested.isAnnotationPresent(Nested.class))
        .map(Class::getSuperclass);
  }

  private static Stream<Method> methods() {
    return themes(InMemoryContractIT.class)
        .flatMap(theme -> Arrays.stream(theme.getDeclaredMethods()));
  }

  @Test
  void everyItemIsCheckedOnTheInMemoryServer() {
    Map<Integer, Items.Item> items = Items.all();
    Set<Integer> checked =
        Items.checksOf(InMemoryContractIT.class).stream()
            .flatMap(check -> check.items().stream())
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(items.keySet())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 79).boxed().toList());
    assertThat(checked).isEqualTo(items.keySet());
  }

  @Test
  void noCheckIsSkippedThere() {
    assertThat(methods().filter(method -> method.isAnnotationPresent(Disabled.class))).isEmpty();
  }

  @Test
  void everyTestSaysWhatItChecks() {
    assertThat(methods().filter(method -> method.isAnnotationPresent(Test.class)))
        .allMatch(method -> method.isAnnotationPresent(DisplayName.class));
  }

  @Test
  void theRealServerIsPutThroughAllThatAWorkspaceIsNotNeededFor() {
    assertThat(themes(RealContractIT.class).toList())
        .containsAll(
            themes(InMemoryContractIT.class)
                .filter(ApiServerContract.class::isAssignableFrom)
                .toList());
  }

  @Test
  void thePageShowsTheItemsAndTheirChecks() throws IOException {
    Path page = Path.of("..", "docs", "testkit-fidelity.md");
    String text = Files.readString(page);
    int begin = text.indexOf('\n', text.indexOf("<!-- items:")) + 1;
    int end = text.indexOf("<!-- end -->");
    if ("write".equals(System.getProperty("contract.page"))) {
      Files.writeString(page, text.substring(0, begin) + Items.table() + text.substring(end));
      return;
    }

    assertThat(text.substring(begin, end))
        .as("%s, to be written anew with -Dcontract.page=write", page)
        .isEqualTo(Items.table());
  }
}
