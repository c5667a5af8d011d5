package org.efferent.filters;

import org.bytedeco.openblas.global.openblas;

/** Whether the native linear algebra of large Gaussian processes works on this machine. */
public final class NativeCheck {
  private NativeCheck() {}

  /**
   * Loads the library and multiplies two matrices.
   *
   * @return what is wrong, in a few words; empty if nothing is
   */
  public static String problem() {
    double[] a = {1, 2, 3, 4};
    double[] c = new double[4];
    try {
      openblas.cblas_dgemm(
          openblas.CblasRowMajor,
          openblas.CblasNoTrans,
          openblas.CblasNoTrans,
          2,
          2,
          2,
          1,
          a,
          2,
          a,
          2,
          0,
          c,
          2);
    } catch (LinkageError e) {
      return "OpenBLAS does not load: " + e.getMessage();
    }
    boolean right = c[0] == 7 && c[1] == 10 && c[2] == 15 && c[3] == 22;
    return right ? "" : "OpenBLAS multiplies wrongly";
  }
}
