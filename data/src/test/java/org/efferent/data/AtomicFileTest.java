package org.efferent.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void whoMayReadOtherFilesOfTheUserMayReadThisOne() throws IOException {
    Assumptions.assumeTrue(
        Files.getFileStore(folder).supportsFileAttributeView("posix"), "needs POSIX permissions");
    Path other = Files.writeString(folder.resolve("other"), "x");
    Path file = folder.resolve("below/file");
    AtomicFile.write(file, false, out -> out.write("y".getBytes(StandardCharsets.UTF_8)));
    assertThat(Files.readString(file)).isEqualTo("y");
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(other));
  }

  @Test
  void nothingIsLeftOfAFileThatCouldNotBeWritten() throws IOException {
    Path file = folder.resolve("file");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    false,
                    out -> {
                      out.write(1);
                      throw new IOException("no space");
                    }))
        .isInstanceOf(UsageException.class)
        .hasMessage(file + ": could not be written: no space; choose another place");
    assertThat(folder).isEmptyDirectory();
  }
}
