package org.efferent.decoders.encoder;

/**
 * How far the convolutions of a stack look ahead: the zeros to the right of each.
 *
 * @param cap the most samples that one convolution may look ahead; −1 for as many as it looks back
 */
public record Context(int cap) {
  /** As many samples ahead as back: as published. */
  public static final Context CENTRED = new Context(-1);

  /** Nothing ahead. */
  public static final Context CAUSAL = new Context(0);

  private static final String BOUNDED = "look-ahead-";

  /** Checks the cap. */
  public Context {
    if (cap < -1) {
      throw new IllegalArgumentException("cap must be −1 or more; cap=" + cap);
    }
  }

  /**
   * Reads its word.
   *
   * @param word {@code centred}, {@code causal} or {@code look-ahead-N}
   * @return the context
   */
  public static Context of(String word) {
    if (word.equals("centred")) {
      return CENTRED;
    }
    if (word.equals("causal")) {
      return CAUSAL;
    }
    if (word.matches(BOUNDED + "[0-9]{1,4}")) {
      return new Context(Integer.parseInt(word.substring(BOUNDED.length())));
    }
    throw new IllegalArgumentException(
        "context must be centred, causal or look-ahead-N; context='" + word + "'");
  }

  /** Its word in files. */
  public String word() {
    return cap < 0 ? "centred" : cap == 0 ? "causal" : BOUNDED + cap;
  }

  /**
   * Samples that a convolution looks ahead.
   *
   * @param kernel taps, odd
   * @param dilation samples from tap to tap
   * @return zeros to its right
   */
  int right(int kernel, int dilation) {
    int symmetric = kernel / 2 * dilation;
    return cap < 0 ? symmetric : Math.min(cap, symmetric);
  }

  /**
   * Samples that it looks back.
   *
   * @param kernel taps, odd
   * @param dilation samples from tap to tap
   * @return zeros to its left
   */
  int left(int kernel, int dilation) {
    return (kernel - 1) * dilation - right(kernel, dilation);
  }
}
