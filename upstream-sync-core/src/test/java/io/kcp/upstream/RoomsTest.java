package io.kcp.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which packages of core know each other. */
class RoomsTest {
  /** {@code SyncKeys} holds names without code, which any room may use. */
  private static final Pattern REFERENCE =
      Pattern.compile("io/kcp/upstream/([a-z]+)/(?:[a-z]+/)*(?!SyncKeys)[A-Z]");

  /** Each room of core, with the other rooms that its classes name. */
  private final Map<String, Set<String>> known = known();

  @Test
  void noTwoRoomsKnowEachOther() {
    known
        .keySet()
        .forEach(
            room ->
                assertThat(reachable(room))
                    .as(
                        room
                            + " knows itself by way of others: move what they share to the lower one")
                    .doesNotContain(room));
  }

  @Test
  void wireKnowsNothingOfSyncing() {
    assertThat(known.get("wire")).isEmpty();
  }

  @Test
  void whatDecidesDoesNotKnowWhoActs() {
    for (String room : Set.of("conflict", "transform", "discovery", "mirror")) {
      assertThat(known.get(room)).as(room).doesNotContain("sync", "status", "lease");
    }
  }

  private Set<String> reachable(String from) {
    Set<String> reached = new TreeSet<>();
    Deque<String> next = new ArrayDeque<>(known.get(from));
    while (!next.isEmpty()) {
      String room = next.pop();
      if (reached.add(room)) {
        next.addAll(known.getOrDefault(room, Set.of()));
      }
    }
    return reached;
  }

  private static Map<String, Set<String>> known() {
    Map<String, Set<String>> known = new TreeMap<>();
    try {
      Path root = Path.of(SyncerConfig.class.getResource("SyncerConfig.class").toURI()).getParent();
      try (Stream<Path> files = Files.walk(root)) {
        files
            .filter(file -> file.toString().endsWith(".class"))
            .filter(file -> !file.getParent().equals(root))
            .forEach(
                file -> {
                  String room = root.relativize(file).getName(0).toString();
                  Set<String> rooms = known.computeIfAbsent(room, r -> new TreeSet<>());
                  Matcher reference = REFERENCE.matcher(constants(file));
                  while (reference.find()) {
                    rooms.add(reference.group(1));
                  }
                });
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
    known.forEach((room, rooms) -> rooms.removeAll(Set.of(room, "spi")));
    return known;
  }

  private static String constants(Path classFile) {
    try {
      return Files.readString(classFile, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
