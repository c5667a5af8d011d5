package org.efferent.viz.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes one message: the length of the words in bytes (a multiple of 4, little-endian), the words
 * as JSON padded with spaces, then all numbers as float32, little-endian. Where the words say
 * {@code "low": [at, count]} they mean {@code count} numbers from the {@code at}-th on. Used by one
 * thread.
 */
final class UpdateWriter {
  private final ObjectMapper mapper;
  private final ObjectNode words;
  private float[] numbers = new float[4_096];
  private int count;

  UpdateWriter(ObjectMapper mapper) {
    this.mapper = mapper;
    words = mapper.createObjectNode();
  }

  /** The words, to be filled. */
  ObjectNode words() {
    return words;
  }

  /** Begins a block of numbers that {@link #add} fills. */
  int begin() {
    return count;
  }

  /** One more number. */
  void add(double value) {
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * count);
    }
    numbers[count++] = (float) value;
  }

  /** Names the numbers since {@link #begin}. */
  void end(ObjectNode of, String name, int begun) {
    of.putArray(name).add(begun).add(count - begun);
  }

  /** The message. */
  byte[] bytes() {
    byte[] json;
    try {
      json = mapper.writeValueAsString(words).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an update is made of plain values", e);
    }
    int padded = (json.length + 3) / 4 * 4;
    byte[] all = new byte[4 + padded + 4 * count];
    ByteBuffer buffer = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(padded).put(json);
    for (int i = json.length; i < padded; i++) {
      buffer.put((byte) ' ');
    }
    buffer.asFloatBuffer().put(numbers, 0, count);
    return all;
  }
}
