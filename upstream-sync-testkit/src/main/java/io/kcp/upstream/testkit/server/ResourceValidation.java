package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The rules for what a container asks for and is limited to. */
final class ResourceValidation {
  private static final String QUANTITY = "^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$";

  private ResourceValidation() {}

  /**
   * @param at where the resources are, such as {@code spec.containers[0].resources}
   */
  static void check(Map<String, Object> resources, String at, Problems problems) {
    Map<String, Object> limits = Tree.map(resources, "limits");
    for (String amounts : List.of("limits", "requests")) {
      new TreeMap<>(Tree.map(resources, amounts))
          .forEach(
              (name, amount) -> amount(at + "." + amounts + "[" + name + "]", amount, problems));
    }
    new TreeMap<>(Tree.map(resources, "requests"))
        .forEach((name, amount) -> compare(at, name, amount, limits.get(name), problems));
  }

  private static void amount(String at, Object amount, Problems problems) {
    Optional<BigDecimal> number = Quantity.number(amount);
    if (number.isEmpty()) {
      problems.invalid(
          at, amount, "quantities must match the regular expression '" + QUANTITY + "'");
    } else if (number.get().signum() < 0) {
      problems.invalid(at, String.valueOf(amount), "must be greater than or equal to 0");
    }
  }

  private static void compare(
      String at,
      String name,
      Object request,
      @org.jspecify.annotations.Nullable Object limit,
      Problems problems) {
    Optional<BigDecimal> asked = Quantity.number(request);
    Optional<BigDecimal> most = Quantity.number(limit);
    if (asked.isEmpty() || most.isEmpty()) {
      return;
    }
    boolean elastic = !name.contains("/") && !name.startsWith("hugepages-");
    int order = asked.get().compareTo(most.get());
    if (order != 0 && !elastic) {
      problems.invalid(
          at + ".requests",
          String.valueOf(request),
          "must be equal to %s limit of %s".formatted(name, limit));
    } else if (order > 0) {
      problems.invalid(
          at + ".requests",
          String.valueOf(request),
          "must be less than or equal to %s limit of %s".formatted(name, limit));
    }
  }
}
