package io.kcp.upstream.mirror;

import io.kcp.upstream.discovery.ResourceType;
import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * What the entries of one mirror have in common, and how their content is kept: as it is, or packed
 * with another object of the same resource as dictionary, since objects of one kind say mostly the
 * same. Content is put by the mirror's thread, and read by any.
 */
final class Shelf {
  private static final int LARGEST_DICTIONARY = 32 * 1024;

  private final ResourceType type;
  private final KeptBytes kept;
  private volatile byte @Nullable [] dictionary;

  Shelf(ResourceType type, KeptBytes kept) {
    this.type = type;
    this.kept = kept;
  }

  ResourceType type() {
    return type;
  }

  /** The form to keep, or null where there is no room; {@link #released} gives the room back. */
  byte @Nullable [] put(byte[] json) {
    byte[] form = json;
    if (!kept.hasPlainRoom(json.length)) {
      byte[] packed = packed(json);
      form = packed.length < json.length ? packed : json;
    }
    if (!kept.hasRoom(form.length)) {
      return null;
    }
    kept.kept(form.length);
    return form;
  }

  void released(byte[] form) {
    kept.released(form.length);
  }

  void linger(MirrorEntry entry, byte[] form) {
    kept.linger(entry, form.length);
  }

  byte[] json(byte[] form) {
    boolean plain = form.length == 0 || form[0] == '{'; // what is packed begins with 'x'
    return plain ? form : unpacked(form);
  }

  private byte[] packed(byte[] json) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      byte[] common = dictionary;
      if (common == null) {
        common = json.length <= LARGEST_DICTIONARY ? json : new byte[0];
        dictionary = common;
      }
      deflater.setDictionary(common);
      deflater.setInput(json);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream(json.length / 4 + 64);
      byte[] part = new byte[2048];
      while (!deflater.finished()) {
        out.write(part, 0, deflater.deflate(part));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private byte[] unpacked(byte[] form) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(form);
      ByteArrayOutputStream out = new ByteArrayOutputStream(form.length * 8);
      byte[] part = new byte[4096];
      while (!inflater.finished()) {
        int count = inflater.inflate(part);
        out.write(part, 0, count);
        byte[] common = dictionary;
        if (count == 0 && inflater.needsDictionary() && common != null) {
          inflater.setDictionary(common);
        } else if (count == 0 && !inflater.finished()) {
          throw new IllegalStateException("what was packed here can't be read");
        }
      }
      return out.toByteArray();
    } catch (DataFormatException e) {
      throw new IllegalStateException("what was packed here can't be read", e);
    } finally {
      inflater.end();
    }
  }
}
