package io.kcp.upstream.testkit.apply;

import io.kcp.upstream.testkit.apply.MapType.Field;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The types of the kinds that a Kubernetes API server has built in. They are read from a table that
 * {@code src/main/tools/built-in-types.py} writes from a server's OpenAPI document:
 *
 * <pre>
 * kind apps/v1 Deployment apps.v1.Deployment status      a kind, its type, whether it has /status
 * core.v1.Container name:s!0 env:[name]core.v1.EnvVar ...  a struct; ~ before it: owned whole
 * </pre>
 *
 * <p>A field is {@code name:type}, then {@code !} when the server always prints it, {@code -} when
 * it does not print a zero, {@code .} for a struct that is always printed, {@code 0} when the
 * default is the scalar's zero, {@code =} and any other default in JSON, {@code @} and how
 * strategic merge treats it. {@link TypeReader} has the types.
 */
final class TypeTable {
  /** The table of the Kubernetes version that the testkit models. */
  static final TypeTable BUILT_IN = read("built-in-types.txt");

  private final Map<String, String> kinds = new HashMap<>();
  private final Map<String, String> structs = new HashMap<>();
  private final Map<String, Type> types = new ConcurrentHashMap<>();

  /** The names of structs by their maps of fields, the same objects wherever a struct is used. */
  private final Map<Map<String, Field>, String> names =
      Collections.synchronizedMap(new IdentityHashMap<>());

  private final Map<String, KindSchema> schemas = new ConcurrentHashMap<>();

  private TypeTable(String text) {
    text.lines()
        .forEach(
            line -> {
              String[] parts = line.split(" ", 2);
              if (parts[0].equals("kind")) {
                String[] words = parts[1].split(" ", 3);
                kinds.put(words[0] + " " + words[1], words[2]);
              } else {
                structs.put(parts[0].replace("~", ""), line);
              }
            });
  }

  private static TypeTable read(String resource) {
    try (InputStream in = TypeTable.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the testkit's jar lacks " + resource);
      }
      return new TypeTable(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The schema of a kind such as {@code apps/v1 Deployment}; a deduced one when not known. */
  KindSchema kind(String versionAndKind) {
    return schemas.computeIfAbsent(versionAndKind, this::makeKind);
  }

  boolean knows(String versionAndKind) {
    return kinds.containsKey(versionAndKind);
  }

  private KindSchema makeKind(String versionAndKind) {
    String entry = kinds.get(versionAndKind);
    if (entry == null) {
      return new KindSchema(Type.DEDUCED, false, false, false);
    }
    String[] words = entry.split(" ", 2);
    return new KindSchema(
        type(words[0]), words.length > 1, false, versionAndKind.equals("apps/v1 Deployment"));
  }

  /** The short name of the type of a kind; null when the kind is not known. */
  @Nullable String typeName(String versionAndKind) {
    String entry = kinds.get(versionAndKind);
    return entry == null ? null : entry.split(" ", 2)[0];
  }

  /** The short name of a struct; null when the map is none of this table. */
  @Nullable String nameOf(MapType map) {
    return names.get(map.fields());
  }

  /** A type by its short name, such as {@code core.v1.Container}. */
  Type type(String name) {
    Type known = types.get(name);
    return known == null ? makeType(name) : known;
  }

  private synchronized Type makeType(String name) {
    Type known = types.get(name);
    if (known != null) {
      return known;
    }
    String line = structs.get(name);
    if (line == null) {
      throw new IllegalStateException("built-in-types.txt lacks " + name);
    }
    Map<String, Field> fields = new LinkedHashMap<>();
    Type type = Type.of(new MapType(line.startsWith("~"), fields));
    String[] words = line.split(" ", -1);
    for (int i = 1; i < words.length; i++) {
      int colon = words[i].indexOf(':');
      fields.put(words[i].substring(0, colon), new TypeReader(this, words[i], colon + 1).field());
    }
    names.put(fields, name);
    types.put(name, type);
    return type;
  }
}
