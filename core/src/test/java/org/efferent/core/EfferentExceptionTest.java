package org.efferent.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EfferentExceptionTest {
  @Test
  void messagesAreFitForATerminal() {
    assertThat(new InputException("a.csv: line 1:\t'\u001B[2J\u0007ä'\n"))
        .hasMessage("a.csv: line 1:\t'\uFFFD[2J\uFFFDä'\n");
    String name = "x".repeat(3990);
    assertThat(new UnsupportedInputException("value=" + name)).hasMessage("value=" + name);
    assertThat(new UsageException("value=" + name + "yyyyyyyyyy"))
        .hasMessage("value=" + name + "yyyy … (4006 characters)");
  }
}
