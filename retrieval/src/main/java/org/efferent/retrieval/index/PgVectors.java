package org.efferent.retrieval.index;

/** Vectors as pgvector writes and reads them, {@code [1,2.5]}; digits enough for 32 bits. */
final class PgVectors {
  private PgVectors() {}

  static String text(float[] values, int at, int width) {
    StringBuilder text = new StringBuilder(12 * width).append('[');
    for (int i = 0; i < width; i++) {
      text.append(i > 0 ? "," : "").append(values[at + i]);
    }
    return text.append(']').toString();
  }

  static void parse(String text, float[] into) {
    int at = 1;
    for (int i = 0; i < into.length; i++) {
      int end = text.indexOf(i + 1 < into.length ? ',' : ']', at);
      into[i] = Float.parseFloat(text.substring(at, end));
      at = end + 1;
    }
  }
}
