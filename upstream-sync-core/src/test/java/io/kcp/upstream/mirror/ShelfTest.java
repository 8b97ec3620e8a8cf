package io.kcp.upstream.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShelfTest {
  private static Shelf shelf(KeptBytes kept) {
    return new Shelf(ScriptedServer.CONFIG_MAPS, kept);
  }

  private static byte[] object(int number, String text) {
    return ("{\"kind\": \"Pod\", \"n\": " + number + ", \"text\": \"" + text + "\"}")
        .getBytes(UTF_8);
  }

  @Test
  void whatThereIsPlentyOfRoomForIsKeptAsItIs() {
    Shelf shelf = shelf(new KeptBytes(1000, 1000));
    byte[] json = object(1, "a");

    assertThat(shelf.put(json)).isSameAs(json);
    assertThat(shelf.json(json)).isSameAs(json);
  }

  @Test
  void beyondThatItIsPackedAndReadBack() {
    KeptBytes kept = new KeptBytes(0, 100_000);
    Shelf shelf = shelf(kept);
    List<byte[]> forms = new ArrayList<>();
    String text = "as any other object of its kind says, at some length ".repeat(40);

    for (int i = 0; i < 100; i++) {
      forms.add(shelf.put(object(i, text)));
    }

    for (int i = 0; i < 100; i++) {
      assertThat(shelf.json(forms.get(i))).isEqualTo(object(i, text));
    }
    assertThat(kept.now()).isLessThan(100 * 100);
    forms.forEach(shelf::released);
    assertThat(kept.now()).isZero();
  }

  @Test
  void whatDoesNotPackIsKeptAsItIs() {
    Shelf shelf = shelf(new KeptBytes(0, 100_000));
    shelf.put(object(0, "the dictionary"));
    StringBuilder text = new StringBuilder();
    new Random(1).ints(50_000, 'a', 'z').forEach(c -> text.append((char) c));

    byte[] large = object(1, text.toString());
    assertThat(shelf.json(shelf.put(large))).isEqualTo(large);
    byte[] tiny = "{}".getBytes(UTF_8);
    assertThat(shelf.json(shelf.put(tiny))).isEqualTo(tiny);
  }

  @Test
  void aDictionaryThatWouldBeTooLargeIsDoneWithout() {
    Shelf shelf = shelf(new KeptBytes(0, 100_000));
    byte[] large = object(1, "x".repeat(40_000));

    assertThat(shelf.json(shelf.put(large))).isEqualTo(large);
    assertThat(shelf.json(shelf.put(object(2, "y")))).isEqualTo(object(2, "y"));
  }

  @Test
  void whatFindsNoRoomIsNotKept() {
    KeptBytes kept = new KeptBytes(40, 40);
    Shelf shelf = shelf(kept);
    byte[] first = shelf.put(object(1, "a"));

    assertThat(shelf.put(object(2, "quite another text that does not pack well: 82h1kq0z")))
        .isNull();
    assertThat(kept.now()).isEqualTo(first.length);
    shelf.released(first);
    assertThat(shelf.put(object(3, "a"))).isNotNull();
  }
}
