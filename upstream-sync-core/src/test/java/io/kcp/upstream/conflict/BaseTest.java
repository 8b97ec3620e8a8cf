package io.kcp.upstream.conflict;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import io.kcp.upstream.spi.Change;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.SyncKeys;
import io.kcp.upstream.wire.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaseTest {
  private static final ObjectKey COPY = ObjectKey.upstream("configmaps", "shop", "c");
  private static final ValueHashes HASHES = hashes("key");

  private static ValueHashes hashes(String key) {
    return new ValueHashes(key.getBytes(StandardCharsets.UTF_8));
  }

  private static FieldNotes notes(String... fieldsAndValues) {
    Map<FieldPath, String> notes = new TreeMap<>();
    for (int i = 0; i < fieldsAndValues.length; i += 2) {
      FieldPath field = FieldPath.parse(fieldsAndValues[i]);
      notes.put(field, HASHES.hash(COPY, field, fieldsAndValues[i + 1]));
    }
    return new FieldNotes(notes);
  }

  private static Base base(FieldNotes notes) {
    ObjectTree copy =
        ObjectTree.of(
            Map.of("metadata", Map.of("annotations", Map.of(SyncKeys.BASE, notes.text()))));
    return Base.of(COPY, copy, HASHES);
  }

  private static Base none() {
    return Base.of(COPY, ObjectTree.of(Map.of()), HASHES);
  }

  private static FieldPath path(String text) {
    return FieldPath.parse(text);
  }

  @Test
  void tellsWhatChanged() {
    Base base = base(notes("a", "1", "b", "1", "c", "1"));
    FieldNotes now = notes("a", "1", "b", "2", "d", "1");

    assertThat(base.change(now, path("a"))).isEqualTo(Change.NONE);
    assertThat(base.change(now, path("b"))).isEqualTo(Change.EDITED);
    assertThat(base.change(now, path("c"))).isEqualTo(Change.REMOVED);
    assertThat(base.change(now, path("d"))).isEqualTo(Change.ADDED);
    assertThat(base.change(now, path("e"))).isEqualTo(Change.NONE);
    assertThat(base.dropped(now)).containsExactly(path("c"));
  }

  @Test
  void tellsWhatChangedBelow() {
    Base base = base(notes("x.a", "1", "x.b", "1", "y.a", "1"));

    assertThat(base.change(notes("x.a", "1", "x.b", "1"), path("x"))).isEqualTo(Change.NONE);
    assertThat(base.change(notes("x.a", "1"), path("x"))).isEqualTo(Change.EDITED);
    assertThat(base.change(notes("x.a", "1"), path("y"))).isEqualTo(Change.REMOVED);
    assertThat(base.change(notes("z.a", "1"), path("z"))).isEqualTo(Change.ADDED);
  }

  @Test
  void withoutABaseNothingIsKnown() {
    assertThat(none().isKnown()).isFalse();
    assertThat(none().change(notes("a", "1"), path("a"))).isEqualTo(Change.UNKNOWN);
    assertThat(none().hadApplied(path("a"))).isEmpty();
  }

  @Test
  void aBaseThatNobodyCanReadIsNone() {
    for (String text : new String[] {"", "[]", "{\"a..b\": \"x\"}"}) {
      ObjectTree copy =
          ObjectTree.of(Map.of("metadata", Map.of("annotations", Map.of(SyncKeys.BASE, text))));

      assertThat(Base.of(COPY, copy, HASHES).isKnown()).isFalse();
    }
  }

  @Test
  void anUndecidedFieldKeepsItsPast() {
    FieldNotes next =
        base(notes("a", "1", "b", "1"))
            .next(notes("a", "2", "b", "2", "c", "2"), Set.of(path("a"), path("c")));

    assertThat(base(next).change(notes("a", "2"), path("a"))).isEqualTo(Change.EDITED);
    assertThat(base(next).change(notes("b", "2"), path("b"))).isEqualTo(Change.NONE);
    assertThat(base(next).change(notes("c", "2"), path("c"))).isEqualTo(Change.ADDED);
  }

  @Test
  void anUndecidedFieldWithoutPastStaysUnknown() {
    FieldNotes next = none().next(notes("a", "2", "b", "2"), Set.of(path("a")));

    assertThat(base(next).change(notes("a", "2"), path("a"))).isEqualTo(Change.UNKNOWN);
    assertThat(base(next).change(notes("a.x", "2"), path("a.x"))).isEqualTo(Change.UNKNOWN);
    assertThat(base(next).hadApplied(path("a"))).isEmpty();
    assertThat(base(next).hadApplied(path("b"))).contains(true);
    assertThat(base(next).hadApplied(path("c"))).contains(false);
  }

  @Test
  void aLargeBaseIsTakenTogetherBySubtrees() {
    FieldNotes large = large("1");

    FieldNotes fitted = none().fitted(large);
    Base base = base(fitted);

    assertThat(large.text().length()).isGreaterThan(Base.LIMIT);
    assertThat(fitted.text().length()).isLessThanOrEqualTo(Base.LIMIT);
    assertThat(base.change(large, path("data.k7.x"))).isEqualTo(Change.NONE);
    assertThat(base.change(large, path("data"))).isEqualTo(Change.NONE);
    assertThat(base.change(large, path("small"))).isEqualTo(Change.NONE);
    assertThat(base.change(large("2"), path("small"))).isEqualTo(Change.EDITED);
    assertThat(base.change(large("2"), path("data"))).isEqualTo(Change.EDITED);
    assertThat(base.change(large("2"), path("data.k7.x"))).isEqualTo(Change.UNKNOWN);
    assertThat(base.hadApplied(path("data.k7.x"))).isEmpty();
  }

  private static FieldNotes large(String value) {
    String[] fields = new String[2 * 3001];
    for (int i = 0; i < 3000; i++) {
      fields[2 * i] = "data.k%d.x".formatted(i);
      fields[2 * i + 1] = "1";
    }
    fields[15] = value;
    fields[6000] = "small";
    fields[6001] = value;
    return notes(fields);
  }

  @Test
  void aSubtreeWithAnUndecidedFieldIsUnknown() {
    FieldNotes fitted = none().fitted(none().next(large("1"), Set.of(path("data.k7.x"))));

    assertThat(base(fitted).change(large("1"), path("data.k9.x"))).isEqualTo(Change.UNKNOWN);
  }

  @Test
  void aSmallBaseIsKeptAsItIs() {
    FieldNotes small = notes("a", "1");

    assertThat(none().fitted(small)).isSameAs(small);
  }

  @Test
  void hashesSayNothingWithoutTheirKeyNorBetweenFieldsAndObjects() {
    ObjectKey other = ObjectKey.upstream("configmaps", "shop", "d");
    String hash = HASHES.hash(COPY, path("a"), "1");

    assertThat(hash)
        .hasSize(8)
        .isEqualTo(hashes("key").hash(COPY, path("a"), "1"))
        .isNotEqualTo(hashes("other").hash(COPY, path("a"), "1"))
        .isNotEqualTo(HASHES.hash(COPY, path("b"), "1"))
        .isNotEqualTo(HASHES.hash(other, path("a"), "1"))
        .isNotEqualTo(HASHES.hash(COPY, path("a"), 1))
        .isNotEqualTo(HASHES.hash(COPY, path("a"), null));
  }

  @Test
  void theOrderOfAMapsKeysDoesNotCount() {
    Map<String, Object> forth = new java.util.LinkedHashMap<>();
    forth.put("a", 1);
    forth.put("b", 2);
    Map<String, Object> back = new java.util.LinkedHashMap<>();
    back.put("b", 2);
    back.put("a", 1);

    assertThat(HASHES.hash(COPY, path("m"), java.util.List.of(forth)))
        .isEqualTo(HASHES.hash(COPY, path("m"), java.util.List.of(back)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "a \"b\"", "back\\slash", "tab\t", "grün", "\u007f", "{}"})
  void copiesOfEarlierKeepTheirHashes(String value) {
    ByteBuffer key = ByteBuffer.wrap(Hashing.sha256().hashString("key", UTF_8).asBytes());
    byte[] hash =
        Hashing.sipHash24(key.getLong(), key.getLong())
            .hashString(COPY + "\nf\n" + new String(Json.write(value), UTF_8), UTF_8)
            .asBytes();

    assertThat(HASHES.hash(COPY, path("f"), value))
        .isEqualTo(Base64.getUrlEncoder().encodeToString(Arrays.copyOf(hash, 6)));
  }
}
