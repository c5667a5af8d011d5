package org.efferent.acquisition.simulate;

/** The discrete Fourier transform of a power of two of complex values, radix 2, in place. */
final class Fft {
  private final int size;
  private final double[] cosines;
  private final double[] sines;

  Fft(int size) {
    if (Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException("size must be a power of two; size=" + size);
    }
    this.size = size;
    cosines = new double[size / 2];
    sines = new double[size / 2];
    for (int i = 0; i < size / 2; i++) {
      cosines[i] = StrictMath.cos(2 * Math.PI * i / size);
      sines[i] = StrictMath.sin(2 * Math.PI * i / size);
    }
  }

  /** From time to frequency: Σ x[n] e^(−2πi kn/N). */
  void forward(double[] re, double[] im) {
    transform(re, im, -1);
  }

  /** Back, with the factor 1/N. */
  void inverse(double[] re, double[] im) {
    transform(re, im, 1);
    for (int i = 0; i < size; i++) {
      re[i] /= size;
      im[i] /= size;
    }
  }

  private void transform(double[] re, double[] im, int sign) {
    reverse(re, im);
    for (int half = 1; half < size; half *= 2) {
      int stride = size / (2 * half);
      for (int start = 0; start < size; start += 2 * half) {
        for (int k = 0; k < half; k++) {
          int a = start + k;
          int b = a + half;
          double c = cosines[k * stride];
          double s = sign * sines[k * stride];
          double x = re[b] * c - im[b] * s;
          double y = re[b] * s + im[b] * c;
          re[b] = re[a] - x;
          im[b] = im[a] - y;
          re[a] += x;
          im[a] += y;
        }
      }
    }
  }

  private void reverse(double[] re, double[] im) {
    int bits = Integer.numberOfTrailingZeros(size);
    for (int i = 1; i < size - 1; i++) {
      int j = Integer.reverse(i) >>> (32 - bits);
      if (i < j) {
        double x = re[i];
        re[i] = re[j];
        re[j] = x;
        double y = im[i];
        im[i] = im[j];
        im[j] = y;
      }
    }
  }
}
