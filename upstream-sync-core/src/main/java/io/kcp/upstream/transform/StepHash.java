package io.kcp.upstream.transform;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.kcp.upstream.spi.FieldPath.Element;
import io.kcp.upstream.spi.FieldPath.Field;
import io.kcp.upstream.spi.FieldPath.Index;
import io.kcp.upstream.spi.FieldPath.Item;
import io.kcp.upstream.spi.FieldPath.Member;
import java.nio.ByteBuffer;

/** Hashes of paths: a path's is made of its parent's and of its last step. */
final class StepHash {
  private static final HashFunction HASH = Hashing.murmur3_128();

  private StepHash() {}

  static Digest step(Digest parent, Element element) {
    Hasher hasher = hasher(parent);
    if (element instanceof Field field) {
      ValueHash.put(field.name(), hasher.putByte((byte) 'f'));
    } else if (element instanceof Item item) {
      ValueHash.put(item.keys(), hasher.putByte((byte) 'k'));
    } else if (element instanceof Member member) {
      ValueHash.put(member.value(), hasher.putByte((byte) 'v'));
    } else if (element instanceof Index index) {
      hasher.putByte((byte) 'i').putInt(index.index());
    }
    return digest(hasher);
  }

  /** One to which the path has been given. */
  static Hasher hasher(Digest path) {
    return HASH.newHasher().putLong(path.high()).putLong(path.low());
  }

  static Digest digest(Hasher hasher) {
    ByteBuffer bytes = ByteBuffer.wrap(hasher.hash().asBytes());
    return new Digest(bytes.getLong(), bytes.getLong());
  }
}
