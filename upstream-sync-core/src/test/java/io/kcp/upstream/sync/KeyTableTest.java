package io.kcp.upstream.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kcp.upstream.spi.GroupResource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyTableTest {
  private static final GroupResource PODS = GroupResource.parse("pods");

  private final KeyTable table = new KeyTable(2);

  @Test
  void isAMap() {
    Random random = new Random(7);
    Map<WorkKey, List<Long>> model = new HashMap<>();
    List<WorkKey> keys = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      keys.add(new WorkKey(PODS, "shop", "web-" + i));
    }

    for (int i = 0; i < 20_000; i++) {
      WorkKey key = keys.get(random.nextInt(keys.size()));
      if (random.nextInt(3) == 0) {
        assertThat(table.remove(key)).isEqualTo(model.remove(key) != null);
      } else {
        List<Long> numbers = List.of(random.nextLong(), (long) random.nextInt(2));
        table.put(key, numbers.get(0), numbers.get(1));
        model.put(key, numbers);
      }
    }

    assertThat(table.size()).isEqualTo(model.size());
    for (WorkKey key : keys) {
      assertThat(table.get(key).map(n -> List.of(n[0], n[1])).orElse(null))
          .isEqualTo(model.get(key));
    }
  }

  @Test
  void takesAsManyNumbersAsItIsMadeFor() {
    WorkKey key = new WorkKey(PODS, "shop", "web");

    assertThatThrownBy(() -> table.put(key, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 numbers in place of 2");
    assertThat(table.get(key)).isEmpty();
  }
}
