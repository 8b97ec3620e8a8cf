package io.kcp.upstream.status.health;

import io.kcp.upstream.spi.FieldTypeException;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The resource of an object, guessed from its kind as API servers do where nobody says it. */
final class Plurals {
  private Plurals() {}

  /** Null where apiVersion or kind are no such. */
  static @Nullable GroupResource guess(ObjectTree object) {
    try {
      String apiVersion = object.apiVersion();
      String group = apiVersion.substring(0, Math.max(0, apiVersion.indexOf('/')));
      return new GroupResource(group, plural(object.kind().toLowerCase(Locale.ROOT)));
    } catch (FieldTypeException | IllegalArgumentException e) {
      return null; // the rules say what is odd
    }
  }

  private static String plural(String kind) {
    if (kind.endsWith("endpoints")) {
      return kind;
    }
    if (kind.endsWith("s") || kind.endsWith("x") || kind.endsWith("ch") || kind.endsWith("sh")) {
      return kind + "es";
    }
    boolean consonantY = kind.endsWith("y") && !kind.matches(".*[aeiou]y");
    return consonantY ? kind.substring(0, kind.length() - 1) + "ies" : kind + "s";
  }
}
