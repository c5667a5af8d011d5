package org.efferent.acquisition.liblsl;

import java.nio.file.Files;
import java.nio.file.Path;
import org.efferent.acquisition.lsl.LslConfig;
import org.junit.jupiter.api.Assumptions;

/** The liblsl that tests run with, where there is one, and the world of its lsl_api.cfg. */
final class LiblslTesting {
  /** What the test resource lsl/lsl_api.cfg says, for Java's own LSL. */
  static final LslConfig WORLD =
      LslConfig.LOOPBACK.withSessionId("efferent-tests").withPorts(16_471, 16_472, 32);

  private LiblslTesting() {}

  /** The library; skips the test where none is named, fails where one is required. */
  static LibLsl library() {
    String path = System.getProperty(LibLsl.PROPERTY, "");
    if (path.isEmpty()) {
      String reason = "no liblsl: name its file by -Defferent.liblsl=… (see .ci/run)";
      if (Boolean.getBoolean("efferent.liblsl.required")) {
        throw new AssertionError(reason);
      }
      Assumptions.abort(reason);
    }
    // Without it, liblsl would speak to the network.
    if (!NativeLsl.staysHere(Path.of("lsl_api.cfg").toAbsolutePath())) {
      throw new AssertionError(
          "liblsl must not run where no lsl_api.cfg keeps it on this host: "
              + Path.of("").toAbsolutePath()
              + (Files.exists(Path.of("lsl_api.cfg")) ? " (it has another)" : ""));
    }
    return LibLsl.load(Path.of(path));
  }

  static NativeLsl lsl() {
    return NativeLsl.onThisHost(library());
  }
}
