package org.efferent.decoders.target;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import com.sun.jna.Function;
import com.sun.jna.Platform;
import org.efferent.core.UnavailableException;

/**
 * The one ONNX Runtime of the process, which reports to nobody.
 *
 * <p>From 1.29 on its builds for Linux and macOS send what they load and run to their maker, unless
 * {@value #SWITCH} is 1 in the environment of the process before it starts; its own switch in the
 * API comes too late, after the first report. So the variable is set here, in the process, and
 * nothing is loaded where that fails. On Windows it writes to the system's own tracing (ETW), which
 * the switch in the API turns off.
 */
final class Onnx {
  /** The variable that keeps it silent. */
  static final String SWITCH = "ORT_DISABLE_TELEMETRY";

  private Onnx() {}

  /**
   * Loads it, once a process.
   *
   * @throws UnavailableException if it does not load on this machine, or cannot be kept silent
   */
  static OrtEnvironment environment() {
    silence();
    try {
      // Its errors come as exceptions; it need not print them too.
      OrtEnvironment environment =
          OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "efferent");
      environment.setTelemetry(false);
      return environment;
    } catch (OrtException | LinkageError | RuntimeException e) {
      throw new UnavailableException(
          "ONNX Runtime does not load on this machine (%s %s): %s; it is built for Linux x86-64 and ARM64, macOS ARM64 and Windows x86-64"
              .formatted(
                  System.getProperty("os.name"), System.getProperty("os.arch"), e.getMessage()),
          e);
    }
  }

  private static void silence() {
    if (Platform.isWindows() || "1".equals(System.getenv(SWITCH))) {
      return;
    }
    // System.getenv is a copy; what natives see is the C library's environment.
    try {
      if (!"1".equals(nativeValue())) {
        Function.getFunction(Platform.C_LIBRARY_NAME, "setenv")
            .invokeInt(new Object[] {SWITCH, "1", 1});
      }
      if ("1".equals(nativeValue())) {
        return;
      }
    } catch (LinkageError | RuntimeException e) {
      throw loud(e);
    }
    throw loud(null);
  }

  /** What natives of this process see of the switch; null if it is not set. */
  static String nativeValue() {
    return Function.getFunction(Platform.C_LIBRARY_NAME, "getenv")
        .invokeString(new Object[] {SWITCH}, false);
  }

  private static UnavailableException loud(Throwable cause) {
    return new UnavailableException(
        "ONNX Runtime would report to its maker, and that could not be turned off from inside; set "
            + SWITCH
            + "=1 in the environment and start again",
        cause);
  }
}
