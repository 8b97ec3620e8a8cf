package io.kcp.upstream.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EntryTableTest {
  private final Shelf shelf = new Shelf(ScriptedServer.CONFIG_MAPS, KeptBytes.unbounded());
  private final EntryTable table = new EntryTable(entry("", ""));

  @Test
  void isAMap() {
    Random random = new Random(7);
    Map<String, MirrorEntry> model = new HashMap<>();
    for (int i = 0; i < 60_000; i++) {
      // It grows, and shrinks again.
      boolean removes = random.nextInt(40) < (i < 30_000 ? 10 : 30);
      String namespace = "n" + random.nextInt(3);
      String name = "o" + random.nextInt(5000);
      String key = namespace + "/" + name;
      if (!removes) {
        MirrorEntry entry = entry(namespace, name);
        table.put(entry);
        model.put(key, entry);
      } else if (model.containsKey(key)) {
        table.remove(model.remove(key));
      }
      assertThat(table.get(namespace, name)).isSameAs(model.get(key));
    }

    assertThat(table).hasSize(model.size()).containsExactlyInAnyOrderElementsOf(model.values());
    assertThat(table.stream().toList()).hasSize(model.size());
    model.values().forEach(table::remove);
    assertThat(table).isEmpty();
  }

  @Test
  void tellsNamespaceAndNameApart() {
    MirrorEntry entry = entry("a", "b");
    table.put(entry);
    table.put(entry("", "b"));

    assertThat(table.get("a", "b")).isSameAs(entry);
    assertThat(table.get("b", "a")).isNull();
    assertThat(table.get("", "a/b")).isNull();
    assertThat(table.get("", "")).isNull();
    table.remove(entry("a", "b")); // another one, which is not here
    assertThat(table.get("a", "b")).isSameAs(entry);
  }

  @Test
  void walksOnWhileWhatItWalksIsRemoved() {
    for (int i = 0; i < 1000; i++) {
      table.put(entry("n", "o" + i));
    }
    List<MirrorEntry> seen = new ArrayList<>();
    table.forEach(
        each -> {
          table.remove(each);
          seen.add(each);
        });

    assertThat(seen).hasSize(1000).doesNotHaveDuplicates();
    assertThat(table).isEmpty();
    Iterator<MirrorEntry> end = table.iterator();
    assertThatThrownBy(end::next).isInstanceOf(NoSuchElementException.class);
  }

  /** An absence that is none would have a copy made, or a deletion looked into. */
  @Test
  @Timeout(60)
  void neverHidesFromReadersWhatIsThere() throws Exception {
    for (int i = 0; i < 100; i++) {
      table.put(entry("there", "o" + i));
    }
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService readers = Executors.newFixedThreadPool(2);
    List<Future<Integer>> missed = new ArrayList<>();
    for (int r = 0; r < 2; r++) {
      missed.add(readers.submit(() -> missedUntil(done)));
    }
    Random random = new Random(3);
    for (int round = 0; round < 60; round++) {
      for (int i = 0; i < 3000; i++) {
        table.put(entry("passing", "o" + i));
        table.put(entry("there", "o" + random.nextInt(100)));
      }
      for (int i = 0; i < 3000; i++) {
        table.remove(table.get("passing", "o" + i));
      }
    }
    done.set(true);

    assertThat(missed.get(0).get()).isZero();
    assertThat(missed.get(1).get()).isZero();
    readers.shutdown();
  }

  private int missedUntil(AtomicBoolean done) {
    int missed = 0;
    while (!done.get()) {
      for (int i = 0; i < 100; i++) {
        MirrorEntry found = table.get("there", "o" + i);
        missed += found != null && found.name().equals("o" + i) ? 0 : 1;
      }
      List<MirrorEntry> all = table.stream().toList(); // its length changes meanwhile
      missed += all.stream().filter(e -> e.namespace().equals("there")).count() == 100 ? 0 : 1;
    }
    return missed;
  }

  @Test
  @Timeout(20)
  void isQuickForNamesThatAreCountedUp() {
    for (int i = 0; i < 200_000; i++) {
      table.put(entry("shop", "web-%08d".formatted(i)));
    }
    for (int i = 0; i < 200_000; i++) {
      assertThat(table.get("shop", "api-%08d".formatted(i))).isNull();
    }

    assertThat(table).hasSize(200_000);
  }

  private MirrorEntry entry(String namespace, String name) {
    return MirrorEntry.of(
        shelf,
        new RawObject(namespace, name, "0b7d8e0c-38a5-4b43-9c55-1f3a4c9b7a11", "1", new byte[0]));
  }
}
