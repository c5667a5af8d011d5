package org.efferent.data.fif;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.efferent.core.Recording;
import org.efferent.data.RecordingFile;
import org.efferent.data.fuzz.ReaderFuzz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files of every kind are read or refused, never worse. */
class FifFuzzTest {
  @TempDir Path folder;

  @Test
  void survivesMutations() throws IOException {
    List<byte[]> seeds =
        List.of(
            FifFileTest.raw(new FifWriter()).withDirectory(),
            FifFileTest.raw(new FifWriter()).bytes(),
            FifContentsTest.everything().bytes(),
            FifContentsTest.everything().withDirectory());
    assertThat(new ReaderFuzz(".fif", seeds, FifFuzzTest::readAll).run(folder)).isPositive();
  }

  @Test
  void survivesMutationsOfCompressedFiles() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(FifFileTest.raw(new FifWriter()).withDirectory());
    }
    List<byte[]> seeds = List.of(packed.toByteArray());
    // Their checksum gives nearly all of them away.
    assertThat(new ReaderFuzz(".fif.gz", seeds, FifFuzzTest::readAll).run(folder)).isNotNegative();
  }

  private static void readAll(Path path) {
    try (RecordingFile file = FifFile.read(path)) {
      for (Recording r : file.recordings()) {
        readEnds(r);
      }
    }
    try (FifFile file = FifFile.open(path)) {
      file.epochs()
          .ifPresent(
              e -> {
                for (int i = 0; i < Math.min(100, e.count()); i++) {
                  e.epoch(i);
                }
              });
    }
  }

  /** A skip of hours takes four bytes, so the whole is not loaded. */
  private static void readEnds(Recording r) {
    int rows = (int) Math.min(2000, r.rows());
    double[] some = new double[rows * r.channels()];
    r.read(0, rows, some, 0);
    r.read(r.rows() - rows, rows, some, 0);
  }
}
