package io.kcp.upstream.testkit.contract;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/** The items of the contract, and the checks that name them. */
final class Items {
  private static final Pattern NAMED = Pattern.compile("items? ([0-9, ]+): (.+)");

  /** A check as it is named in a display name. */
  record Check(String theme, String method, String text, List<Integer> items, boolean memoryOnly) {}

  private Items() {}

  /** What each item is about, by its number. */
  static Map<Integer, String> all() {
    Map<Integer, String> items = new TreeMap<>();
    for (String line : Fixture.resource("items.txt").lines().toList()) {
      String[] parts = line.split("\\|", 2);
      items.put(Integer.parseInt(parts[0]), parts[1]);
    }
    return items;
  }

  /** The checks of all classes nested in a test class. */
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
    return checks;
  }

  private static Check check(Class<?> theme, Method method, String name) {
    Matcher matcher = NAMED.matcher(name);
    List<Integer> items =
        matcher.matches()
            ? Arrays.stream(matcher.group(1).split(", ", -1)).map(Integer::valueOf).toList()
            : List.of();
    return new Check(
        theme.getSimpleName(),
        method.getName(),
        matcher.matches() ? matcher.group(2) : name,
        items,
        method.isAnnotationPresent(InMemoryOnly.class));
  }
}
