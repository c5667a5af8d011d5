package org.efferent.decoders.target;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.efferent.core.InputException;
import org.efferent.core.UnavailableException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.InputFiles;
import org.efferent.data.Tensor;
import org.efferent.data.onnx.Onnx;

/**
 * A network in an ONNX file, on the CPU: one input of 32-bit floats to one output, or to the mean
 * of several. An output may be any tensor inside the network, by the name that its node gives it,
 * so that the middle layers of an export that hands out the last one alone can be had.
 *
 * <p>One thread at a time. The runtime is offline and reports to nobody.
 */
public final class OnnxModel implements AutoCloseable {
  private static final int SHOWN = 5;

  private final String file;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final String input;
  private final List<String> outputs;
  private final long[] inputShape;

  private OnnxModel(
      String file,
      OrtEnvironment environment,
      OrtSession session,
      String input,
      List<String> outputs)
      throws OrtException {
    this.file = file;
    this.environment = environment;
    this.session = session;
    this.input = input;
    this.outputs = List.copyOf(outputs);
    Map<String, NodeInfo> inputs = session.getInputInfo();
    if (!inputs.containsKey(input)) {
      throw new InputException(
          "%s: has no input '%s'; it has %s".formatted(file, input, Onnx.shown(inputs)));
    }
    Set<String> others = new LinkedHashSet<>(inputs.keySet());
    others.remove(input);
    if (!others.isEmpty()) {
      throw new UnsupportedInputException(
          "%s: must have one input alone, '%s'; it also wants %s"
              .formatted(file, input, others.stream().map(o -> "'" + o + "'").toList()));
    }
    inputShape = floats("input", input, inputs).getShape();
    for (String output : outputs) {
      floats("output", output, session.getOutputInfo());
    }
  }

  /**
   * Opens a model.
   *
   * @param file the ONNX file; weights in files beside it are found there
   * @param input name of its input
   * @param outputs names of its outputs, or of tensors inside it; at least one
   * @param threads of one operation; 0 for all cores
   * @return the model, ready
   * @throws InputException if the file is missing, no model, or has no tensors of these names
   * @throws UnsupportedInputException if it wants more inputs, or other numbers than 32-bit floats
   * @throws UnavailableException if ONNX Runtime does not load on this machine
   */
  public static OnnxModel open(Path file, String input, List<String> outputs, int threads) {
    if (outputs.isEmpty() || threads < 0 || threads > 1024) {
      throw new IllegalArgumentException(
          "outputs must not be empty, threads from 0 to 1024; outputs=%s, threads=%d"
              .formatted(outputs, threads));
    }
    InputFiles.check(file);
    OrtEnvironment environment = Onnx.environment();
    String name = InputFiles.name(file);
    OrtSession session = null;
    boolean done = false;
    try (OrtSession.SessionOptions options = Onnx.options(file, threads)) {
      session = environment.createSession(file.toString(), options);
      List<String> inner = new ArrayList<>(outputs);
      inner.removeAll(session.getOutputNames());
      if (!inner.isEmpty()) {
        byte[] more = withOutputs(file, name, inner, session);
        session.close();
        session = null;
        session = environment.createSession(more, options);
      }
      OnnxModel model = new OnnxModel(name, environment, session, input, outputs);
      done = true;
      return model;
    } catch (OrtException e) {
      throw new InputException(
          "%s: cannot be loaded as an ONNX model: %s".formatted(name, Onnx.firstLine(e)), e);
    } finally {
      if (!done && session != null) {
        close(session);
      }
    }
  }

  private static byte[] withOutputs(Path file, String name, List<String> inner, OrtSession session)
      throws OrtException {
    byte[] bytes;
    try {
      if (Files.size(file) > Integer.MAX_VALUE - (1 << 20)) {
        throw new UnsupportedInputException(
            "%s: tensors inside a model can be had up to 2 GB; bytes=%d, tensors=%s"
                .formatted(name, Files.size(file), inner));
      }
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw InputFiles.failed(file, e);
    }
    OnnxGraph graph = new OnnxGraph(name, bytes);
    Set<String> there = graph.inner();
    for (String wanted : inner) {
      if (!there.contains(wanted)) {
        throw new InputException(
            "%s: has no output '%s'; it has %s; of %d tensors inside the nearest names are %s"
                .formatted(
                    name,
                    wanted,
                    Onnx.shown(session.getOutputInfo()),
                    there.size(),
                    OnnxGraph.nearest(there, wanted, SHOWN)));
      }
    }
    return graph.withOutputs(inner);
  }

  private TensorInfo floats(String kind, String name, Map<String, NodeInfo> nodes) {
    if (nodes.get(name).getInfo() instanceof TensorInfo tensor
        && tensor.type == OnnxJavaType.FLOAT) {
      return tensor;
    }
    throw new UnsupportedInputException(
        "%s: its %s must be of 32-bit floats; %s is %s"
            .formatted(file, kind, kind, Onnx.shown(Map.of(name, nodes.get(name)))));
  }

  /** A copy of the input's sizes, −1 where any will do; empty if the model does not say. */
  public long[] inputShape() {
    return inputShape.clone();
  }

  /**
   * Runs the network.
   *
   * @param values what goes in, row-major
   * @param shape its sizes
   * @return the output, or the mean of the outputs; 32-bit floats
   * @throws InputException if the model does not take this shape, gives outputs of different ones,
   *     or fails
   */
  public Tensor run(float[] values, long... shape) {
    boolean fits = inputShape.length == 0 || inputShape.length == shape.length;
    for (int axis = 0; fits && axis < inputShape.length; axis++) {
      fits = inputShape[axis] < 0 || inputShape[axis] == shape[axis];
    }
    if (!fits) {
      throw new InputException(
          "%s: its input '%s' is %s, the description makes %s; change the description"
              .formatted(file, input, Onnx.shown(inputShape), Onnx.shown(shape)));
    }
    try (OnnxTensor in = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
        OrtSession.Result result = session.run(Map.of(input, in), new LinkedHashSet<>(outputs))) {
      return mean(result);
    } catch (OrtException e) {
      throw new InputException(
          "%s: cannot be run on an input of %s: %s"
              .formatted(file, Onnx.shown(shape), Onnx.firstLine(e)),
          e);
    }
  }

  private Tensor mean(OrtSession.Result result) {
    long[] shape = null;
    double[] sum = new double[0];
    for (String output : outputs) {
      OnnxValue value = result.get(output).orElseThrow();
      OnnxTensor tensor = (OnnxTensor) value;
      long[] its = tensor.getInfo().getShape();
      if (shape == null) {
        shape = its;
        sum = new double[Math.toIntExact(LongStream.of(its).reduce(1, (a, b) -> a * b))];
      } else if (!Arrays.equals(shape, its)) {
        throw new InputException(
            "%s: outputs must be of one shape to be averaged; '%s' is %s, '%s' is %s"
                .formatted(file, outputs.get(0), Onnx.shown(shape), output, Onnx.shown(its)));
      }
      FloatBuffer floats = tensor.getFloatBuffer();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += floats.get(i);
      }
    }
    float[] mean = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      mean[i] = (float) (sum[i] / outputs.size());
    }
    return Tensor.of(mean, shape);
  }

  @Override
  public void close() {
    close(session);
  }

  private static void close(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime does not let its session go", e);
    }
  }
}
