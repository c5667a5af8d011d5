package org.efferent.retrieval.index;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.efferent.core.UnavailableException;

/**
 * Single-precision products over memory outside the heap by OpenBLAS, the BLAS of ND4J's stack. No
 * other part of that OpenBLAS (0.3.19) is used, as some of its kernels are wrong on processors with
 * AVX-512; the three that are used are compared with plain loops once before they are used.
 */
final class Blas {
  private Blas() {}

  /** Loads the library and looks whether it multiplies rightly, once. */
  private static final class Native {
    static final String PROBLEM = problem();

    private Native() {}

    private static String problem() {
      try {
        return multipliesRightly() ? "" : "OpenBLAS multiplies wrongly on this processor";
      } catch (LinkageError e) {
        return "OpenBLAS does not load: " + e.getMessage();
      }
    }
  }

  /**
   * Loads the library.
   *
   * @throws UnavailableException if it does not load or multiplies wrongly
   */
  static void require() {
    if (!Native.PROBLEM.isEmpty()) {
      throw new UnavailableException(
          "indexes need the native OpenBLAS library: "
              + Native.PROBLEM
              + "; see efferent doctor, and try the environment variable OPENBLAS_CORETYPE=Haswell");
    }
  }

  /**
   * {@code out = Q Xᵀ}, {@code [queries × rows]}, row-major; one query is a matrix-vector product.
   *
   * @param q {@code [queries × width]}, rows {@code qStep} numbers apart
   * @param x {@code [rows × width]}, rows {@code xStep} numbers apart
   */
  static void multiply(
      FloatPointer q,
      int queries,
      int qStep,
      FloatPointer x,
      int rows,
      int xStep,
      int width,
      FloatPointer out) {
    if (queries == 1) {
      openblas.cblas_sgemv(
          openblas.CblasRowMajor, openblas.CblasNoTrans, rows, width, 1, x, xStep, q, 1, 0, out, 1);
      return;
    }
    openblas.cblas_sgemm(
        openblas.CblasRowMajor,
        openblas.CblasNoTrans,
        openblas.CblasTrans,
        queries,
        rows,
        width,
        1,
        q,
        qStep,
        x,
        xStep,
        0,
        out,
        rows);
  }

  /** Inner product of two vectors. */
  static float dot(FloatPointer x, FloatPointer y, int width) {
    return openblas.cblas_sdot(width, x, 1, y, 1);
  }

  private static boolean multipliesRightly() {
    int queries = 37;
    int rows = 201;
    int width = 771;
    float[] q = numbers(queries * width, 37, 101);
    float[] x = numbers(rows * width, 53, 97);
    double error = 0;
    try (NativeFloats left = new NativeFloats(q);
        NativeFloats right = new NativeFloats(x);
        NativeFloats out = new NativeFloats((long) queries * rows);
        NativeFloats single = new NativeFloats(rows)) {
      multiply(left.first(), queries, width, right.first(), rows, width, width, out.first());
      multiply(left.first(), 1, width, right.first(), rows, width, width, single.first());
      FloatBuffer products = out.view();
      FloatBuffer alone = single.view();
      for (int i = 0; i < queries; i++) {
        for (int j = 0; j < rows; j++) {
          double sum = Vectors.dot(q, i * width, x, j * width, width);
          error = Math.max(error, Math.abs(products.get(i * rows + j) - sum));
          if (i == 0) {
            error = Math.max(error, Math.abs(alone.get(j) - sum));
            error =
                Math.max(
                    error, Math.abs(dot(left.first(), right.at((long) j * width), width) - sum));
          }
        }
      }
    }
    return error < 1e-2;
  }

  /** Numbers from about -3 to 3 of which products of 771 are about 90 in size. */
  private static float[] numbers(int count, int step, int modulus) {
    float[] out = new float[count];
    for (int i = 0; i < count; i++) {
      out[i] = (i * step % modulus - modulus / 2) / 16f;
    }
    return out;
  }
}
