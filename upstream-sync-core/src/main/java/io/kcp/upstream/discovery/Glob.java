package io.kcp.upstream.discovery;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A name in which "*" stands for any number of any characters. */
final class Glob {
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9*]([-a-z0-9*]*[a-z0-9*])?");
  private static final Pattern OBJECT = Pattern.compile("[^\\s/%?\\[\\]{}\\\\]+");

  private final String text;
  private final Pattern pattern;

  private Glob(String text) {
    this.text = text;
    this.pattern =
        Pattern.compile(
            Stream.of(text.replaceAll("\\*+", "*").split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*")),
            Pattern.DOTALL);
  }

  static Glob ofNamespaces(String path, String text) {
    return checked(path, text, NAMESPACE, "a namespace or a glob such as team-*, \"*\" alone");
  }

  static Glob ofObjects(String path, String text) {
    return checked(path, text, OBJECT, "an object's name or a glob such as web-*, \"*\" alone");
  }

  private static Glob checked(String path, String text, Pattern allowed, String wanted) {
    if (!allowed.matcher(text).matches()) {
      throw new InvalidSpecException(path, text, wanted + " being special in it");
    }
    return new Glob(text);
  }

  boolean matches(String name) {
    return pattern.matcher(name).matches();
  }

  static boolean any(List<Glob> globs, String name) {
    return globs.stream().anyMatch(glob -> glob.matches(name));
  }

  @Override
  public String toString() {
    return text;
  }
}
