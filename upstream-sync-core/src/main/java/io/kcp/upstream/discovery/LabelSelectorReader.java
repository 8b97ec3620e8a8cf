package io.kcp.upstream.discovery;

import io.kcp.upstream.discovery.LabelSelector.Operator;
import io.kcp.upstream.discovery.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads label selectors, and refuses what no label can be. */
final class LabelSelectorReader {
  private static final Pattern DOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");
  private static final int LONGEST_NAME = 63;
  private static final int LONGEST_DOMAIN = 253;
  private static final Map<String, Operator> OPERATORS = new LinkedHashMap<>();

  static {
    OPERATORS.put("In", Operator.IN);
    OPERATORS.put("NotIn", Operator.NOT_IN);
    OPERATORS.put("Exists", Operator.EXISTS);
    OPERATORS.put("DoesNotExist", Operator.DOES_NOT_EXIST);
  }

  private LabelSelectorReader() {}

  static LabelSelector read(SpecReader selector) {
    List<Requirement> requirements = new ArrayList<>();
    SpecReader labels = selector.part("matchLabels");
    selector
        .parameters("matchLabels")
        .forEach(
            (key, value) -> {
              checkKey(labels.path(key), key);
              checkValue(labels.path(key), value);
              requirements.add(new Requirement(key, Operator.IN, Set.of(value)));
            });
    for (SpecReader expression : selector.items("matchExpressions")) {
      requirements.add(requirement(expression));
    }
    return new LabelSelector(requirements);
  }

  private static Requirement requirement(SpecReader expression) {
    String key = expression.required("key", "a label key");
    checkKey(expression.path("key"), key);
    Operator operator = expression.choice("operator", "", OPERATORS);
    List<String> values = expression.strings("values", List.of());
    for (int i = 0; i < values.size(); i++) {
      checkValue(expression.item("values", i), values.get(i));
    }
    boolean wantsValues = operator == Operator.IN || operator == Operator.NOT_IN;
    if (wantsValues == values.isEmpty()) {
      String wanted = wantsValues ? "at least one value" : "left out with this operator";
      throw expression.invalid("values", values, wanted);
    }
    return new Requirement(key, operator, Set.copyOf(values));
  }

  private static void checkKey(String path, String key) {
    int slash = key.indexOf('/');
    String domain = key.substring(0, Math.max(slash, 0));
    boolean domainFits =
        slash < 0 || (domain.length() <= LONGEST_DOMAIN && DOMAIN.matcher(domain).matches());
    if (!domainFits || !isName(key.substring(slash + 1))) {
      throw new InvalidSpecException(
          path, key, "a label key such as app or example.com/app, its name at most 63 characters");
    }
  }

  private static void checkValue(String path, String value) {
    if (!value.isEmpty() && !isName(value)) {
      throw new InvalidSpecException(
          path,
          value,
          "a label value: at most 63 letters, digits, \"-\", \"_\" and \".\", the first and last"
              + " one a letter or digit");
    }
  }

  private static boolean isName(String text) {
    return text.length() <= LONGEST_NAME && NAME.matcher(text).matches();
  }
}
