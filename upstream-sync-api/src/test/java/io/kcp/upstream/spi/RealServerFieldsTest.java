package io.kcp.upstream.spi;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kcp.upstream.spi.FieldPath.Field;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Fields as a real API server printed them: names and keys with dots, quotes, line breaks, control
 * and other special characters, large, small and fractional numbers, booleans, items with four keys
 * and items within items.
 */
class RealServerFieldsTest {
  private static final FieldPath SPEC = FieldPath.of("spec");

  private static Map<String, ?> fieldsV1;
  private static List<String> conflicts;

  @BeforeAll
  static void readWhatTheServerSaid() throws Exception {
    try (Reader in =
        new InputStreamReader(
            RealServerFieldsTest.class.getResourceAsStream("real-server-fields.json"),
            StandardCharsets.UTF_8)) {
      JsonObject json = JsonParser.parseReader(in).getAsJsonObject();
      fieldsV1 = new Gson().<Map<String, ?>>fromJson(json.get("fieldsV1"), Map.class);
      conflicts =
          json.getAsJsonArray("conflicts").asList().stream()
              .map(field -> field.getAsString())
              .toList();
    }
  }

  @Test
  void writesTheFieldSetThatItRead() {
    FieldSet set = FieldSet.ofFieldsV1(fieldsV1);

    assertThat(set.size()).isGreaterThan(350);
    assertThat(set.toFieldsV1()).isEqualTo(fieldsV1);
  }

  @Test
  void printsAndOrdersConflictsAsTheServerDoes() {
    assertThat(conflicting().map(FieldPath::serverForm)).containsExactlyElementsOf(conflicts);
  }

  @Test
  void readsEveryPathThatItPrints() {
    for (FieldPath path : FieldSet.ofFieldsV1(fieldsV1)) {
      assertThat(FieldPath.parse(path.toString())).as(path.toString()).isEqualTo(path);
      assertThat(FieldPattern.parse(path.toString()).covers(path)).as(path.toString()).isTrue();
    }
  }

  @Test
  void aPathBuiltByHandIsTheServers() {
    FieldPath udp =
        SPEC.field("groups")
            .item(Map.of("id", "t.w\"o"))
            .field("members")
            .item(Map.of("protocol", "UDP", "port", 80))
            .field("v");

    assertThat(FieldSet.ofFieldsV1(fieldsV1).contains(udp)).isTrue();
    assertThat(conflicts).contains(udp.serverForm());
    assertThat(FieldSet.ofFieldsV1(fieldsV1).contains(SPEC.field("flags").member(true))).isTrue();
    assertThat(FieldSet.ofFieldsV1(fieldsV1).contains(SPEC.field("ratios").member(1e-7))).isTrue();
    assertThat(FieldSet.ofFieldsV1(fieldsV1).contains(SPEC.field("ratios").member(3.0))).isTrue();
  }

  /** What the second manager gave another value: all but keys, set members and the atomic list. */
  private static Stream<FieldPath> conflicting() {
    FieldPath map = SPEC.field("map");
    return StreamSupport.stream(FieldSet.ofFieldsV1(fieldsV1).spliterator(), false)
        .filter(
            path ->
                path.startsWith(map)
                    || path.elements().contains(new Field("y.z"))
                    || path.elements().get(path.elements().size() - 1).equals(new Field("v")));
  }
}
