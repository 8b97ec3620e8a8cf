package io.kcp.upstream.transform;

import io.kcp.upstream.spi.FieldPath.Element;
import io.kcp.upstream.spi.FieldPath.Field;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sums the hashes of what is owned, so that the order does not count. A path is known by its hash,
 * made of its parent's and its last step.
 */
final class DigestWalk implements OwnershipWalk.Sink<Digest> {
  static final Digest ROOT = new Digest(0, 0);

  private static final Set<Digest> OUTSIDE =
      OwnKeys.BOOKKEEPING.stream().map(DigestWalk::annotation).collect(Collectors.toSet());

  private long high;
  private long low;

  Digest digest() {
    return new Digest(high, low);
  }

  @Override
  public Digest child(Digest parent, Element element) {
    return StepHash.step(parent, element);
  }

  @Override
  public void leaf(Digest path, @Nullable Object value) {
    add(path, new Mixer(path).put('L', 0).put(value));
  }

  @Override
  public void node(Digest path) {
    add(path, new Mixer(path).put('N', 0));
  }

  /** A field that is owned and not there. */
  void absent(Digest path) {
    add(path, new Mixer(path).put('A', 0));
  }

  private void add(Digest path, Mixer mixer) {
    if (!OUTSIDE.contains(path)) {
      Digest hash = mixer.digest();
      high += hash.high();
      low += hash.low();
    }
  }

  private static Digest annotation(String key) {
    Digest metadata = StepHash.step(ROOT, new Field("metadata"));
    return StepHash.step(StepHash.step(metadata, new Field("annotations")), new Field(key));
  }
}
