package org.efferent.decoders.linear;

import org.bytedeco.openblas.presets.openblas_nolapack;

/** The native linear algebra of linear decoders: whether it works here, and its threads. */
public final class LinearAlgebra {
  private LinearAlgebra() {}

  /**
   * Loads the native library and multiplies two matrices.
   *
   * @return what is wrong, in a few words; empty if nothing is. Without it everything runs in Java,
   *     slowly
   */
  public static String problem() {
    return DenseProducts.isNative() ? "" : "OpenBLAS does not load or multiplies wrongly";
  }

  /**
   * Sets the threads of the native library, for the whole process and all that uses it, so that it
   * and other engines do not fight over cores. Without the library nothing happens.
   *
   * @param threads at least 1
   */
  public static void setThreads(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be 1 at least; threads=" + threads);
    }
    if (DenseProducts.isNative()) {
      openblas_nolapack.blas_set_num_threads(threads);
    }
  }
}
