package io.kcp.upstream.testkit.server;

import java.util.Optional;
import java.util.regex.Pattern;

/** The rules for names, label keys and label values, in the server's words. */
final class Names {
  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
  private static final String QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
  private static final String VALUE = "(" + QUALIFIED + ")?";
  private static final Pattern LABEL_PATTERN = Pattern.compile(LABEL);
  private static final Pattern SUBDOMAIN_PATTERN = Pattern.compile(SUBDOMAIN);
  private static final Pattern QUALIFIED_PATTERN = Pattern.compile(QUALIFIED);
  private static final Pattern VALUE_PATTERN = Pattern.compile(VALUE);

  private Names() {}

  static Optional<String> subdomainProblem(String name) {
    if (name.length() > 253) {
      return Optional.of("must be no more than 253 characters");
    }
    return SUBDOMAIN_PATTERN.matcher(name).matches()
        ? Optional.empty()
        : Optional.of(
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters,"
                + " '-' or '.', and must start and end with an alphanumeric character (e.g."
                + " 'example.com', regex used for validation is '"
                + SUBDOMAIN
                + "')");
  }

  static Optional<String> labelProblem(String name) {
    if (name.contains(".")) {
      return Optional.of("must not contain dots");
    }
    if (name.length() > 63) {
      return Optional.of("must be no more than 63 characters");
    }
    return LABEL_PATTERN.matcher(name).matches()
        ? Optional.empty()
        : Optional.of(
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or"
                + " '-', and must start and end with an alphanumeric character (e.g. 'my-name', "
                + " or '123-abc', regex used for validation is '"
                + LABEL
                + "')");
  }

  /** What a name must be that may hold anything but a path. */
  static Optional<String> pathSegmentProblem(String name) {
    if (name.equals(".") || name.equals("..")) {
      return Optional.of("may not be '" + name + "'");
    }
    if (name.contains("/")) {
      return Optional.of("may not contain '/'");
    }
    return name.contains("%") ? Optional.of("may not contain '%'") : Optional.empty();
  }

  static Optional<String> labelKeyProblem(String key) {
    int slash = key.indexOf('/');
    String name = key.substring(slash + 1);
    if (slash == 0) {
      return Optional.of("prefix part must be non-empty");
    }
    if (slash > 0) {
      Optional<String> prefix = subdomainProblem(key.substring(0, slash));
      if (prefix.isPresent()) {
        return Optional.of("prefix part " + prefix.get());
      }
    }
    if (name.isEmpty()) {
      return Optional.of("name part must be non-empty");
    }
    if (name.length() > 63) {
      return Optional.of("name part must be no more than 63 characters");
    }
    return QUALIFIED_PATTERN.matcher(name).matches()
        ? Optional.empty()
        : Optional.of(
            "name part must consist of alphanumeric characters, '-', '_' or '.', and must start"
                + " and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or"
                + " '123-abc', regex used for validation is '"
                + QUALIFIED
                + "')");
  }

  static Optional<String> labelValueProblem(String value) {
    if (value.length() > 63) {
      return Optional.of("must be no more than 63 characters");
    }
    return VALUE_PATTERN.matcher(value).matches()
        ? Optional.empty()
        : Optional.of(
            "a valid label must be an empty string or consist of alphanumeric characters, '-',"
                + " '_' or '.', and must start and end with an alphanumeric character (e.g."
                + " 'MyValue',  or 'my_value',  or '12345', regex used for validation is '"
                + VALUE
                + "')");
  }
}
