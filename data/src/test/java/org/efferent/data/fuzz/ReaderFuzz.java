package org.efferent.data.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * A short hunt in a test of its own, for a reader that is not in {@link FuzzTargets}. How many
 * cases: system property {@code efferent.fuzz}; the number of a case is its seed.
 */
public final class ReaderFuzz {
  private final FuzzTarget target;

  /**
   * A hunt.
   *
   * @param extension of the files that are made, with the point
   * @param seeds sound files, small ones
   * @param reader opens a file, reads all of it, closes it
   */
  public ReaderFuzz(String extension, List<byte[]> seeds, Consumer<Path> reader) {
    this(
        new FuzzTarget(
            extension,
            FuzzTarget.Limits.DEFAULTS,
            reader::accept,
            seeds.stream().map(s -> FuzzSeed.of("case" + extension, s, Structure.NONE)).toList()));
  }

  /**
   * A hunt.
   *
   * @param target the reader and its seeds
   */
  public ReaderFuzz(FuzzTarget target) {
    this.target = target;
  }

  /**
   * Runs as many cases as the property says, and fails at the first defect.
   *
   * @param folder where the files are made
   * @return cases that the reader accepted
   */
  public int run(Path folder) throws IOException {
    long first = Long.getLong("efferent.fuzz.first", 0);
    FuzzResult result =
        new FuzzRun(target, folder, null, 1)
            .run(first, Integer.getInteger("efferent.fuzz", 300), 0);
    for (FuzzResult.Defect defect : result.found()) {
      throw new AssertionError(defect.message(), defect.cause());
    }
    return (int) result.accepted();
  }
}
