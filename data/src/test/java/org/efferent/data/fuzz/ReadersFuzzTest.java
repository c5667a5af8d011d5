package org.efferent.data.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.efferent.data.files.FileFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A short hunt for every reader; {@code .ci/fuzz} is the long one. {@code -Defferent.fuzz=N} says
 * how many cases, {@code -Defferent.fuzz.first=N} where they begin.
 */
class ReadersFuzzTest {
  @TempDir Path folder;

  static List<FuzzTarget> targets() {
    return FuzzTargets.all();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesWhateverComes(FuzzTarget target) throws IOException {
    assertThat(new ReaderFuzz(target).run(folder)).isPositive();
  }

  @Test
  void everyFormatIsHunted() {
    List<String> names = targets().stream().map(FuzzTarget::name).toList();
    assertThat(names).doesNotHaveDuplicates();
    assertThat(FileFormat.values())
        .allMatch(
            f -> Stream.of(f.title()).anyMatch(t -> hunted(names, t.toLowerCase(Locale.ROOT))));
  }

  private static boolean hunted(List<String> names, String format) {
    return names.stream().anyMatch(n -> n.equals(format) || n.startsWith(format + "-"));
  }
}
