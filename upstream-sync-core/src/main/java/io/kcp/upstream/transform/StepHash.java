package io.kcp.upstream.transform;

import io.kcp.upstream.spi.FieldPath.Element;
import io.kcp.upstream.spi.FieldPath.Field;
import io.kcp.upstream.spi.FieldPath.Index;
import io.kcp.upstream.spi.FieldPath.Item;
import io.kcp.upstream.spi.FieldPath.Member;

/** Hashes of paths: a path's is made of its parent's and of its last step. */
final class StepHash {
  private StepHash() {}

  static Digest step(Digest parent, Element element) {
    Mixer mixer = new Mixer(parent);
    if (element instanceof Field field) {
      mixer.put('f', 0).put(field.name());
    } else if (element instanceof Item item) {
      mixer.put('k', 0).put(item.keys());
    } else if (element instanceof Member member) {
      mixer.put('v', 0).put(member.value());
    } else if (element instanceof Index index) {
      mixer.put('x', index.index());
    }
    return mixer.digest();
  }
}
