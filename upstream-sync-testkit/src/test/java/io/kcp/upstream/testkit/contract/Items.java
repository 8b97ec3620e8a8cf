package io.kcp.upstream.testkit.contract;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/** The items of the contract, and the checks that name them. */
final class Items {
  private static final Pattern NAMED = Pattern.compile("items? ([0-9, ]+): (.+)");

  /**
   * One item.
   *
   * @param about what it is about
   * @param note what a reader should know, "" for nothing
   */
  record Item(int number, String about, String note) {}

  /** A check, with the items that its display name begins with. */
  record Check(String theme, String method, List<Integer> items, boolean memoryOnly) {
    private String shown() {
      String name = "`" + theme + "." + method + "`";
      return memoryOnly ? "*" + name + "*" : name;
    }
  }

  private Items() {}

  /** All items by their number. */
  static Map<Integer, Item> all() {
    Map<Integer, Item> items = new TreeMap<>();
    for (String line : Fixture.resource("items.txt").lines().toList()) {
      String[] parts = line.split("\\|", 3);
      int number = Integer.parseInt(parts[0]);
      items.put(number, new Item(number, parts[1], parts[2]));
    }
    return items;
  }

  /** The checks of all classes nested in a test class, by name. */
  static List<Check> checksOf(Class<?> testClass) {
    List<Check> checks = new ArrayList<>();
    for (Class<?> nested : testClass.getDeclaredClasses()) {
      if (nested.isAnnotationPresent(Nested.class)) {
        Class<?> theme = nested.getSuperclass();
        for (Method method : theme.getDeclaredMethods()) {
          DisplayName name = method.getAnnotation(DisplayName.class);
          if (name != null) {
            checks.add(check(theme, method, name.value()));
          }
        }
      }
    }
    checks.sort(Comparator.comparing(Check::theme).thenComparing(Check::method));
    return checks;
  }

  private static Check check(Class<?> theme, Method method, String name) {
    Matcher matcher = NAMED.matcher(name);
    List<Integer> items =
        matcher.matches()
            ? Arrays.stream(matcher.group(1).split(", ", -1)).map(Integer::valueOf).toList()
            : List.of();
    boolean memoryOnly =
        method.isAnnotationPresent(InMemoryOnly.class)
            || !ApiServerContract.class.isAssignableFrom(theme);
    return new Check(theme.getSimpleName(), method.getName(), items, memoryOnly);
  }

  /** The table of the documentation. */
  static String table() {
    List<Check> checks = checksOf(InMemoryContractIT.class);
    StringBuilder table =
        new StringBuilder("| item | what | checks | to know |\n|---|---|---|---|\n");
    for (Item item : all().values()) {
      String names =
          checks.stream()
              .filter(check -> check.items().contains(item.number()))
              .map(Check::shown)
              .collect(Collectors.joining(" "));
      table.append(
          "| %d | %s | %s | %s |\n".formatted(item.number(), item.about(), names, item.note()));
    }
    return table.toString();
  }
}
