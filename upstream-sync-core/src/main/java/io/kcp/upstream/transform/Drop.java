package io.kcp.upstream.transform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Removes what a path of {@link CleaningTable} leads to, and the containers that this empties. */
final class Drop {
  private static final Pattern STEP =
      Pattern.compile("\\G(?:\\.?([A-Za-z]+)|\\{([^}]+)}|\\[([^]]+)])");

  /** Which entries of a map or items of a list a step goes to. */
  private interface Step {
    boolean matches(@Nullable String name, @Nullable Object value);
  }

  private record Named(String field) implements Step {
    @Override
    public boolean matches(@Nullable String name, @Nullable Object value) {
      return field.equals(name);
    }
  }

  private final List<Step> steps;

  private Drop(List<Step> steps) {
    this.steps = steps;
  }

  static Drop parse(String path) {
    List<Step> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(path);
    int end = 0;
    while (matcher.find()) {
      steps.add(step(matcher));
      end = matcher.end();
    }
    if (end != path.length() || steps.isEmpty()) {
      throw new IllegalArgumentException("not a path: '%s' from %d on".formatted(path, end));
    }
    return new Drop(List.copyOf(steps));
  }

  private static Step step(Matcher matcher) {
    String field = matcher.group(1);
    if (field != null) {
      return new Named(field);
    }
    String key = matcher.group(2);
    if (key != null) {
      Pattern glob = glob(key);
      return (name, value) -> name != null && glob.matcher(name).matches();
    }
    return items(matcher.group(3));
  }

  private static Step items(String wanted) {
    if (wanted.equals("*")) {
      return (name, value) -> name == null;
    }
    Map<String, Pattern> fields = new LinkedHashMap<>();
    for (String field : wanted.split(",", -1)) {
      int equals = field.indexOf('=');
      fields.put(field.substring(0, equals), glob(field.substring(equals + 1)));
    }
    return (name, value) -> name == null && value instanceof Map<?, ?> item && has(item, fields);
  }

  private static boolean has(Map<?, ?> item, Map<String, Pattern> fields) {
    return fields.entrySet().stream()
        .allMatch(
            field -> {
              Object value = item.get(field.getKey());
              return value != null && field.getValue().matcher(value.toString()).matches();
            });
  }

  private static Pattern glob(String text) {
    String quoted = Pattern.quote(text).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
    return Pattern.compile(quoted);
  }

  /** The value less what is dropped: the same one if nothing is, null if nothing is left. */
  @Nullable Object from(@Nullable Object value) {
    return from(value, 0);
  }

  private @Nullable Object from(@Nullable Object value, int depth) {
    if (depth == steps.size()) {
      return null;
    }
    if (value instanceof Map<?, ?> map) {
      return fromMap(map, depth);
    }
    return value instanceof List<?> list ? fromList(list, depth) : value;
  }

  private @Nullable Object fromMap(Map<?, ?> map, int depth) {
    Map<Object, Object> rest = null;
    for (Map.Entry<?, ?> entry : concerned(map, steps.get(depth))) {
      Object before = entry.getValue();
      Object after = from(before, depth + 1);
      if (after != before) {
        rest = rest == null ? new LinkedHashMap<>(map) : rest;
        if (after == null) {
          rest.remove(entry.getKey());
        } else {
          rest.put(entry.getKey(), after);
        }
      }
    }
    return rest == null ? map : rest.isEmpty() ? null : rest;
  }

  private static List<Map.Entry<?, ?>> concerned(Map<?, ?> map, Step step) {
    if (step instanceof Named named) {
      Object value = map.get(named.field());
      return value == null ? List.of() : List.of(Map.entry(named.field(), value));
    }
    List<Map.Entry<?, ?>> concerned = new ArrayList<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (step.matches((String) entry.getKey(), entry.getValue())) {
        concerned.add(entry);
      }
    }
    return concerned;
  }

  private @Nullable Object fromList(List<?> list, int depth) {
    boolean last = depth == steps.size() - 1;
    List<@Nullable Object> rest = null;
    for (int i = 0; i < list.size(); i++) {
      Object before = list.get(i);
      boolean concerned = steps.get(depth).matches(null, before);
      Object after = concerned ? from(before, depth + 1) : before;
      if (after != before && rest == null) {
        rest = new ArrayList<>(list.subList(0, i));
      }
      if (rest != null && (after != null || !(concerned && last))) {
        rest.add(after == null && before != null ? Map.of() : after);
      }
    }
    return rest == null ? list : rest.isEmpty() ? null : rest;
  }
}
