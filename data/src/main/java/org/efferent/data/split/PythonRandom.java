package org.efferent.data.split;

import java.math.BigInteger;

/**
 * Python's {@code random.Random(seed).random()}: MT19937 (Matsumoto and Nishimura 1998), seeded
 * with the 32-bit words of a whole number of any size ({@code init_by_array}).
 */
final class PythonRandom {
  private static final int N = 624;
  private static final int M = 397;

  private final int[] state = new int[N];
  private int next = N;

  PythonRandom(BigInteger seed) {
    int[] key = words(seed.abs());
    begin(19650218);
    int i = 1;
    int j = 0;
    for (int k = Math.max(N, key.length); k > 0; k--) {
      state[i] = (state[i] ^ mixed(i) * 1664525) + key[j] + j;
      i++;
      j = (j + 1) % key.length;
      if (i == N) {
        state[0] = state[N - 1];
        i = 1;
      }
    }
    for (int k = N - 1; k > 0; k--) {
      state[i] = (state[i] ^ mixed(i) * 1566083941) - i;
      i++;
      if (i == N) {
        state[0] = state[N - 1];
        i = 1;
      }
    }
    state[0] = 0x80000000;
  }

  /** Least significant word first; one word for zero. */
  private static int[] words(BigInteger value) {
    int[] words = new int[Math.max(1, (value.bitLength() + 31) / 32)];
    for (int w = 0; w < words.length; w++) {
      words[w] = value.shiftRight(32 * w).intValue();
    }
    return words;
  }

  private void begin(int seed) {
    state[0] = seed;
    for (int i = 1; i < N; i++) {
      state[i] = 1812433253 * mixed(i) + i;
    }
  }

  private int mixed(int i) {
    return state[i - 1] ^ state[i - 1] >>> 30;
  }

  private int word() {
    if (next == N) {
      for (int k = 0; k < N; k++) {
        int y = (state[k] & 0x80000000) | (state[(k + 1) % N] & 0x7FFFFFFF);
        state[k] = state[(k + M) % N] ^ y >>> 1 ^ ((y & 1) == 0 ? 0 : 0x9908B0DF);
      }
      next = 0;
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= y << 7 & 0x9D2C5680;
    y ^= y << 15 & 0xEFC60000;
    return y ^ y >>> 18;
  }

  /** The next number in [0, 1), of 53 bits. */
  double random() {
    int a = word() >>> 5;
    int b = word() >>> 6;
    return (a * 67108864.0 + b) / 9007199254740992.0;
  }
}
