package io.kcp.upstream.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kcp.upstream.transform.Digest;
import io.kubernetes.client.informer.cache.Caches;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MirrorStoreTest {
  private final KeptBytes kept = KeptBytes.unbounded();
  private final Shelf shelf = new Shelf(ScriptedServer.CONFIG_MAPS, kept);
  private final MirrorStore store = new MirrorStore(shelf);

  @Test
  void aNewVersionIsANewEntryAndTheSameOneIsNot() {
    assertThat(store.put(raw("a", "5"), false)).isTrue();
    MirrorEntry first = store.get("default", "a");
    first.digested(new Digest(1, 2));

    assertThat(store.put(raw("a", "5"), false)).isFalse();
    assertThat(store.get("default", "a")).isSameAs(first);
    assertThat(store.put(raw("a", "6"), false)).isTrue();
    assertThat(store.get("default", "a").digest()).isNull();
  }

  @Test
  void anOlderVersionNeverOverwritesANewerOne() {
    store.put(raw("a", "10"), false);

    assertThat(store.put(raw("a", "9"), false)).isFalse();
    assertThat(store.get("default", "a").resourceVersion()).isEqualTo("10");
  }

  @Test
  void versionsThatAreNoNumbersAreTakenAsTheyCome() {
    store.put(raw("a", "x10"), false);

    assertThat(store.put(raw("a", "x9"), false)).isTrue();
    assertThat(store.put(raw("a", ""), false)).isTrue();
    assertThat(store.put(raw("a", ""), false)).isTrue();
    assertThat(store.put(raw("a", "0012"), false)).isTrue();
    assertThat(store.get("default", "a").resourceVersion()).isEqualTo("0012");
  }

  @Test
  void afterARewindOlderVersionsAndTheSameOnesAreTaken() {
    store.put(raw("a", "10"), false);

    assertThat(store.put(raw("a", "10"), true)).isTrue();
    assertThat(store.put(raw("a", "3"), true)).isTrue();
  }

  @Test
  void aDeletionOlderThanWhatIsHereIsNone() {
    store.put(raw("a", "10"), false);

    assertThat(store.remove(raw("a", "9"))).isFalse();
    assertThat(store.remove(raw("a", "11"))).isTrue();
    assertThat(store.remove(raw("a", "12"))).isFalse();
    assertThat(store.size()).isZero();
  }

  @Test
  void aListDropsWhatItLacksOnlyAtItsEnd() {
    store.put(raw("kept", "1"), false);
    store.put(raw("gone", "2"), false);
    store.beginList();
    store.put(raw("kept", "1"), false);
    store.beginList();
    store.put(raw("kept", "1"), false);
    store.put(raw("new", "3"), false);
    assertThat(store.size()).isEqualTo(3);

    List<String> gone = new ArrayList<>();
    store.endList((namespace, name) -> gone.add(namespace + "/" + name));

    assertThat(gone).containsExactly("default/gone");
    assertThat(store.entries()).extracting(MirrorEntry::name).contains("kept", "new");
  }

  @Test
  void whatIsNoLongerHereKeepsNoContent() {
    store.beginList();
    store.put(raw("replaced", "1"), false);
    store.put(raw("replaced", "2"), false);
    store.put(raw("deleted", "3"), false);
    store.remove(raw("deleted", "4"));
    store.put(raw("released", "5"), false);
    MirrorEntry released = store.get("default", "released");
    released.release();
    released.release();
    assertThat(kept.now()).isEqualTo(ScriptedServer.object("replaced", "2").length());

    store.beginList();
    store.endList((namespace, name) -> {});

    assertThat(kept.now()).isZero();
    store.put(raw("stopped", "6"), false);
    store.release();
    assertThat(kept.now()).isZero();
  }

  @Nested
  class AnEntry {
    @Test
    void holdsItsContentUntilReleased() {
      store.put(raw("a", "5"), false);
      MirrorEntry entry = store.get("default", "a");
      assertThat(entry.content().orElseThrow().name()).isEqualTo("a");

      entry.release();

      assertThat(entry.content()).isEmpty();
      assertThat(entry).hasToString("configmaps/default/a at 5");
    }

    @Test
    void lingersUntilOthersNeedItsRoom() {
      int size = ScriptedServer.object("a", "5").length();
      KeptBytes room = new KeptBytes(10_000, 32L * 2 * size);
      List<MirrorEntry> entries = new ArrayList<>();
      for (String name : List.of("a", "b", "c")) {
        entries.add(MirrorEntry.of(new Shelf(ScriptedServer.CONFIG_MAPS, room), raw(name, "5")));
      }

      entries.forEach(MirrorEntry::linger);
      assertThat(entries.get(0).content()).isEmpty();
      assertThat(entries.get(1).content()).isPresent();
      assertThat(room.now()).isEqualTo(2L * size);

      entries.get(2).release();
      entries.get(2).linger();
      assertThat(room.now()).isEqualTo(size);
    }

    @Test
    void remembersWhatAWorkerMadeOfIt() {
      store.put(raw("a", "5"), false);
      MirrorEntry entry = store.get("default", "a");
      assertThat(entry.digest()).isNull();

      entry.digested(new Digest(0, 1));
      assertThat(store.get("default", "a").digest()).isEqualTo(new Digest(0, 1));
      entry.digested(new Digest(1, 2));
      assertThat(store.get("default", "a").digest()).isEqualTo(new Digest(1, 2));
    }

    @Test
    void hasOneTextForTheNameOnBothSides() {
      store.put(raw(new String("a"), "5"), false);
      MirrorEntry copy = store.get("default", "a");
      MirrorEntry physical = entry("u");
      assertThat(copy.name()).isNotSameAs(physical.name());

      copy.shareName(physical);
      store.put(raw(new String("a"), "6"), false);
      assertThat(store.get("default", "a").name()).isSameAs(physical.name());

      copy.shareName(MirrorEntry.of(shelf, raw("other", "1")));
      assertThat(copy.name()).isEqualTo("a");
    }

    @Test
    void givesItsUidBackAsItWas() {
      String uuid = "0b7d8e0c-38a5-4b43-9c55-1f3a4c9b7a11";
      assertThat(entry(uuid).uid()).isEqualTo(uuid);
      assertThat(entry("0B7D8E0C-38a5-4b43-9c55-1f3a4c9b7a11").uid()).startsWith("0B7D");
      assertThat(entry("1-1-1-1-1").uid()).isEqualTo("1-1-1-1-1");
      assertThat(entry("").uid()).isEmpty();
    }

    @Test
    void isAKubernetesObjectOfItsType() {
      MirrorEntry entry = entry("u");

      assertThat(entry.getApiVersion()).isEqualTo("v1");
      assertThat(entry.getKind()).isEqualTo("ConfigMap");
      assertThat(entry.type()).isEqualTo(ScriptedServer.CONFIG_MAPS);
      assertThat(entry.getMetadata().getName()).isEqualTo("a");
      assertThat(entry.getMetadata().getNamespace()).isEqualTo("default");
      assertThat(entry.getMetadata().getUid()).isEqualTo("u");
      assertThat(entry.getMetadata().getResourceVersion()).isEqualTo("5");
    }

    private MirrorEntry entry(String uid) {
      return MirrorEntry.of(shelf, new RawObject("default", "a", uid, "5", new byte[0]));
    }
  }

  @Nested
  class AnIndexer {
    private final MirrorIndexer indexer = new MirrorIndexer(store);

    @Test
    void findsByKeyAndByNamespace() {
      store.put(raw("a", "1"), false);
      store.put(new RawObject("", "cluster-wide", "", "2", new byte[0]), false);
      MirrorEntry entry = store.get("default", "a");

      assertThat(indexer.getByKey("default/a")).isSameAs(entry);
      assertThat(indexer.getByKey("cluster-wide")).isNotNull();
      assertThat(indexer.getByKey("a")).isNull();
      assertThat(indexer.get(entry)).isSameAs(entry);
      assertThat(indexer.listKeys()).containsExactlyInAnyOrder("default/a", "cluster-wide");
      assertThat(indexer.list()).hasSize(2);
      assertThat(indexer.index(Caches.NAMESPACE_INDEX, entry)).containsExactly(entry);
      assertThat(indexer.indexKeys(Caches.NAMESPACE_INDEX, "default")).containsExactly("default/a");
      assertThat(indexer.getIndexers().get(Caches.NAMESPACE_INDEX).apply(entry))
          .containsExactly("default");
      assertThatThrownBy(() -> indexer.byIndex("by-node", "n1"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("by-node");
    }

    @Test
    void cannotBeWrittenTo() {
      store.put(raw("a", "1"), false);
      MirrorEntry entry = store.get("default", "a");

      refused(() -> indexer.add(entry));
      refused(() -> indexer.update(entry));
      refused(() -> indexer.delete(entry));
      refused(() -> indexer.replace(List.of(), "1"));
      refused(() -> indexer.addIndexers(Map.of()));
      refused(indexer::resync);
      assertThatThrownBy(() -> store.entries().clear())
          .isInstanceOf(UnsupportedOperationException.class);
    }

    private void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
      assertThatThrownBy(call)
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("can only be read");
    }
  }

  private static RawObject raw(String name, String version) {
    return new RawObject(
        "default", name, "u", version, ScriptedServer.object(name, version).getBytes(UTF_8));
  }
}
