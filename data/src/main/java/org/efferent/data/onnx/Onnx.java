package org.efferent.data.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import com.sun.jna.Function;
import com.sun.jna.Platform;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
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
public final class Onnx {
  /** The variable that keeps it silent. */
  static final String SWITCH = "ORT_DISABLE_TELEMETRY";

  private Onnx() {}

  /**
   * Loads it, once a process.
   *
   * @return the runtime
   * @throws UnavailableException if it does not load on this machine, or cannot be kept silent
   */
  public static OrtEnvironment environment() {
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

  /**
   * How sessions run: on the CPU, quiet, and without threads that spin while they wait.
   *
   * @param file the model; weights in files beside it are found there
   * @param threads of one operation; 0 for all cores
   * @return options, to be closed by the caller
   * @throws OrtException if the runtime refuses
   */
  public static OrtSession.SessionOptions options(Path file, int threads) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
    options.setIntraOpNumThreads(
        threads == 0 ? Runtime.getRuntime().availableProcessors() : threads);
    options.setInterOpNumThreads(1);
    // Threads that wait do not burn a core that somebody else computes on.
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    // Where weights beside the model lie, when the model comes from memory.
    options.addConfigEntry(
        "session.model_external_initializers_file_folder_path",
        String.valueOf(file.toAbsolutePath().getParent()));
    return options;
  }

  /**
   * Names with types and sizes, for messages: {@code 'x' FLOAT [? × 3 × 224 × 224]}.
   *
   * @param nodes inputs or outputs of a model
   * @return one line
   */
  public static String shown(Map<String, NodeInfo> nodes) {
    return nodes.entrySet().stream()
        .map(
            e ->
                e.getValue().getInfo() instanceof TensorInfo tensor
                    ? "'%s' %s %s".formatted(e.getKey(), tensor.type, shown(tensor.getShape()))
                    : "'%s', no tensor".formatted(e.getKey()))
        .collect(Collectors.joining(", "));
  }

  /**
   * Sizes for messages: {@code [? × 3 × 224 × 224]}.
   *
   * @param shape sizes; negative where any will do
   * @return them in brackets
   */
  public static String shown(long[] shape) {
    return LongStream.of(shape)
        .mapToObj(size -> size < 0 ? "?" : Long.toString(size))
        .collect(Collectors.joining(" × ", "[", "]"));
  }

  /**
   * The reason of an error, for messages.
   *
   * @param e the runtime's error
   * @return its first line
   */
  public static String firstLine(OrtException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
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
