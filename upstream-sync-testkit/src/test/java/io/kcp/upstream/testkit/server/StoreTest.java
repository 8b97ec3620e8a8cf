package io.kcp.upstream.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoreTest {
  private static final ResourceName THINGS = new ResourceName("", "things");
  private static final Scope ALL = new Scope("", "");

  private final Store store = new Store();

  private static ObjectKey key(String name) {
    return new ObjectKey("", "n", name);
  }

  private Stored create(String name) {
    return store.create(THINGS, key(name), Map.of("value", "1"), () -> {});
  }

  private List<String> names(Listing listing) {
    return listing.items().stream().map(item -> item.key().name()).toList();
  }

  /** Remembers what it sees. */
  private static final class Recorder implements Subscriber {
    final List<String> seen = new ArrayList<>();

    @Override
    public Scope scope() {
      return ALL;
    }

    @Override
    public void on(Change change) {
      seen.add(change.key().name() + (change.after() == null ? " gone" : ""));
    }

    @Override
    public void upTo(long version) {
      seen.add("mark");
    }

    @Override
    public void end() {
      seen.add("end");
    }
  }

  @Test
  void everyWriteHasAVersionOfItsOwn() {
    Stored a = create("a");
    Stored b = create("b");
    Stored changed = store.replace(THINGS, a, Map.of("value", "2"));

    assertThat(b.version()).isEqualTo(a.version() + 1);
    assertThat(changed.version()).isEqualTo(b.version() + 1);
    assertThat(Meta.version(changed.tree())).isEqualTo(Long.toString(changed.version()));
  }

  @Test
  void refusesToReplaceWhatIsNoLongerThere() {
    Stored first = create("a");
    store.replace(THINGS, first, Map.of("value", "2"));

    assertThat(store.replace(THINGS, first, Map.of("value", "3"))).isNull();
    assertThat(store.delete(THINGS, first)).isNull();
    assertThat(create("a")).isNull();
  }

  @Test
  void aGuardKeepsAnObjectOut() {
    assertThatThrownBy(
            () ->
                store.create(
                    THINGS,
                    key("a"),
                    Map.of(),
                    () -> {
                      throw ApiException.badRequest("no");
                    }))
        .hasMessage("no");
    assertThat(store.get(THINGS, key("a"))).isNull();
  }

  @Test
  void knowsHowItWasAtAnEarlierVersion() {
    Stored a = create("a");
    create("b");
    long then = store.version();
    store.delete(THINGS, a);
    create("c");

    assertThat(names(store.listAt(THINGS, ALL, then))).containsExactly("a", "b");
    assertThat(names(store.list(THINGS, ALL))).containsExactly("b", "c");
  }

  @Test
  void forgetsTheOldestOfManyChanges() {
    long begin = store.version();
    Stored thing = create("a");
    for (int i = 0; i < 10_001; i++) {
      thing = store.replace(THINGS, thing, Map.of("value", "" + i));
    }

    assertThat(store.subscribeAfter(THINGS, new Recorder(), begin)).isNull();
    assertThat(store.listAt(THINGS, ALL, begin)).isNull();
    assertThat(store.subscribeAfter(THINGS, new Recorder(), begin + 10)).hasSize(9992);
  }

  @Test
  void aSubscriberSeesWhatComesAfterWhatItMissed() {
    create("a");
    long since = store.version();
    Stored b = create("b");
    Recorder recorder = new Recorder();

    List<Change> missed = store.subscribeAfter(THINGS, recorder, since);
    store.delete(THINGS, b);
    store.mark(recorder);
    store.endWatches(THINGS, scope -> true);
    create("c");

    assertThat(missed).extracting(change -> change.key().name()).containsExactly("b");
    assertThat(recorder.seen).containsExactly("b gone", "mark", "end");
  }

  @Test
  void restartMayTakeVersionsBack() {
    create("a");
    create("b");
    long before = store.version();

    store.restart(true);

    assertThat(store.version()).isLessThan(before);
    assertThat(names(store.list(THINGS, ALL))).containsExactly("a", "b");
    assertThat(store.list(THINGS, ALL).items())
        .allSatisfy(item -> assertThat(item.version()).isLessThanOrEqualTo(store.version()));
    assertThat(store.subscribeAfter(THINGS, new Recorder(), store.version() - 1)).isNull();
  }
}
