package org.efferent.retrieval.index;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Texts as a section of an index's file: their ends, int64 each, then their UTF-8. */
final class TextBlock {
  private final ByteBuffer bytes;
  private final int count;

  TextBlock(ByteBuffer bytes, int count) {
    this.bytes = bytes;
    this.count = count;
  }

  int count() {
    return count;
  }

  /** Whether the ends ascend and the last is the end of the section. */
  boolean isWhole() {
    if (bytes.limit() < 8L * count) {
      return false;
    }
    long last = 0;
    for (int i = 0; i < count; i++) {
      long end = bytes.getLong(8 * i);
      if (end < last) {
        return false;
      }
      last = end;
    }
    return last == bytes.limit() - 8L * count;
  }

  String get(int index) {
    int from = index == 0 ? 0 : (int) bytes.getLong(8 * (index - 1));
    byte[] text = new byte[(int) bytes.getLong(8 * index) - from];
    bytes.get(8 * count + from, text);
    return new String(text, StandardCharsets.UTF_8);
  }

  List<String> all() {
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(get(i));
    }
    return texts;
  }

  /** Bytes of a section of these texts. */
  static long size(List<String> texts) {
    long size = 8L * texts.size();
    for (String text : texts) {
      size += text.getBytes(StandardCharsets.UTF_8).length;
    }
    return size;
  }
}
