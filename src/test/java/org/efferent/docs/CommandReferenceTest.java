package org.efferent.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.efferent.cli.CommandReference;
import org.junit.jupiter.api.Test;

/** The reference of the command is what the command says of itself. */
class CommandReferenceTest {
  private static final Path PAGE = Project.DOCS.resolve("reference/command.md");

  @Test
  void theReferenceIsTheCommandsOwn() throws IOException {
    String now = CommandReference.markdown();
    if ("write".equals(System.getProperty("efferent.reference"))) {
      Files.writeString(PAGE, now);
    }
    assertThat(Files.readString(PAGE))
        .as("docs/reference/command.md is stale; -Defferent.reference=write writes it anew")
        .isEqualTo(now);
    assertThat(now).doesNotContain("\u001b").contains("## efferent cursor evaluate", "`--lags=N`");
  }
}
