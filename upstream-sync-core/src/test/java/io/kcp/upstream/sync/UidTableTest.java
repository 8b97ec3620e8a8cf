package io.kcp.upstream.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class UidTableTest {
  private final UidTable table = new UidTable();

  @Test
  void isAMap() {
    Random random = new Random(7);
    Map<String, String> model = new HashMap<>();
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      keys.add(
          i % 10 == 0 ? "odd-" + i : new UUID(random.nextInt(50), random.nextLong()).toString());
    }

    for (int i = 0; i < 20_000; i++) {
      String key = keys.get(random.nextInt(keys.size()));
      if (random.nextInt(3) == 0) {
        table.remove(key);
        model.remove(key);
      } else {
        String value = random.nextInt(10) == 0 ? "odd" : UUID.randomUUID().toString();
        table.put(key, value);
        model.put(key, value);
      }
    }

    assertThat(table.size()).isEqualTo(model.size());
    for (String key : keys) {
      assertThat(table.get(key)).isEqualTo(java.util.Optional.ofNullable(model.get(key)));
    }
  }

  @Test
  void keepsTextsThatOnlyLookLikeUuids() {
    table.put("1-1-1-1-1", "a");
    table.put("00000000-0000-0000-0000-000000000000", "0B7D8E0C-38A5-4B43-9C55-1F3A4C9B7A11");

    assertThat(table.get("1-1-1-1-1")).contains("a");
    assertThat(table.get("00000001-0001-0001-0001-000000000001")).isEmpty();
    assertThat(table.get("00000000-0000-0000-0000-000000000000"))
        .contains("0B7D8E0C-38A5-4B43-9C55-1F3A4C9B7A11");
  }

  @Test
  @Timeout(20)
  void isQuickForUidsThatAreCountedUp() {
    for (int i = 0; i < 200_000; i++) {
      table.put(new UUID((long) i << 32, 7).toString(), new UUID(i, 7).toString());
      table.put(new UUID(i, 8).toString(), new UUID(i, 7).toString());
    }
    for (int i = 0; i < 200_000; i++) {
      table.remove(new UUID((long) i << 32, 7).toString());
    }

    assertThat(table.size()).isEqualTo(200_000);
  }
}
