package org.efferent.data.mat;

import java.util.Objects;

/**
 * A value that is there but is not read: a function handle, or an object of a class (table, string,
 * datetime, …), whose storage MATLAB does not document.
 *
 * @param className class as MATLAB calls it
 */
public record MatOther(String className) implements MatValue {
  /** Checks that the class is there. */
  public MatOther {
    Objects.requireNonNull(className, "className");
  }

  @Override
  public long[] shape() {
    return new long[] {1, 1};
  }
}
