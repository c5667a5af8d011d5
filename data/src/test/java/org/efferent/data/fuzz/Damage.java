package org.efferent.data.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Damages sound files: cut, random, random after a sound beginning, spliced from two, or struck by
 * some {@link Blows}. The same random numbers give the same damage.
 */
final class Damage {
  /** Words that are special somewhere, so that a format meets another's. */
  private static final List<String> WORDS =
      List.of(
          "\r\n",
          "\n\n",
          "\0",
          "\uFEFF",
          "\"",
          "'",
          "\\",
          "n/a",
          "../../../../../../etc/passwd",
          "/",
          "%s%n",
          "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]><x>&b;</x>",
          "<?xml version=\"1.0\" encoding=\"UTF-16\"?>",
          "<a>",
          "]]>",
          "((((((((((((((((((((",
          "[[[[[[[[[[[[[[[[[[[[",
          "{{{{",
          "null",
          "true",
          "1e308",
          "\u00E9\u4E2D\uD83E\uDDE0");

  private final List<byte[]> sound;
  private final List<int[]> places;
  private final List<byte[]> tokens = new ArrayList<>();

  /**
   * Damage to files of one kind.
   *
   * @param sound the files
   * @param structure where their parts begin
   */
  Damage(List<byte[]> sound, Structure structure) {
    this.sound = List.copyOf(sound);
    this.places = sound.stream().map(structure::of).toList();
    WORDS.forEach(w -> tokens.add(w.getBytes(StandardCharsets.UTF_8)));
    // What begins parts here: keywords, magics, whole fields.
    for (int s = 0; s < sound.size(); s++) {
      int[] at = places.get(s);
      for (int i = 0; i + 1 < at.length && i < 200; i++) {
        byte[] bytes = sound.get(s);
        tokens.add(Arrays.copyOfRange(bytes, at[i], Math.min(at[i + 1], at[i] + 32)));
      }
    }
  }

  /** A damaged copy of one of the files. */
  byte[] of(int index, SplittableRandom random) {
    byte[] bytes = sound.get(index);
    int[] at = places.get(index);
    byte[] other = sound.get(random.nextInt(sound.size()));
    int kind = random.nextInt(32);
    if (kind == 0) {
      byte[] noise = new byte[random.nextInt(1 << random.nextInt(1, 14))];
      random.nextBytes(noise);
      return noise;
    }
    if (kind == 1) {
      byte[] noise = new byte[random.nextInt(1 << random.nextInt(1, 13))];
      random.nextBytes(noise);
      return join(Arrays.copyOf(bytes, cut(bytes, at, random)), noise);
    }
    if (kind <= 3) {
      return Arrays.copyOf(bytes, cut(bytes, at, random));
    }
    if (kind <= 5) {
      int to = random.nextInt(sound.size());
      int from = cut(sound.get(to), places.get(to), random);
      return join(
          Arrays.copyOf(bytes, cut(bytes, at, random)),
          Arrays.copyOfRange(sound.get(to), from, sound.get(to).length));
    }
    Blows blows = new Blows(random, at, other, tokens);
    int times = kind == 31 ? 16 : kind < 18 ? 1 : 1 + random.nextInt(4);
    byte[] damaged = bytes.clone();
    for (int i = 0; i < times; i++) {
      damaged = blows.strike(damaged);
    }
    return damaged;
  }

  /** Where a part begins or a byte beside it, or anywhere. */
  private static int cut(byte[] bytes, int[] places, SplittableRandom random) {
    if (places.length > 0 && random.nextInt(3) > 0) {
      int at = places[random.nextInt(places.length)] + random.nextInt(-1, 2);
      return Math.max(0, Math.min(bytes.length, at));
    }
    return random.nextInt(bytes.length + 1);
  }

  private static byte[] join(byte[] head, byte[] tail) {
    byte[] all = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, all, head.length, tail.length);
    return all;
  }
}
