package org.efferent.generation;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.InputFiles;
import org.efferent.data.Tensor;
import org.efferent.data.onnx.Onnx;

/** A graph on ONNX Runtime, on the CPU, its names and types checked when it is opened. */
final class GraphNetwork implements Network {
  private final GeneratorConfig.Graph graph;
  private final String file;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final Map<String, NodeInfo> inputs;
  private final Map<String, NodeInfo> outputs;

  private GraphNetwork(
      GeneratorConfig.Graph graph, Path file, OrtEnvironment environment, OrtSession session)
      throws OrtException {
    this.graph = graph;
    this.file = InputFiles.name(file);
    this.environment = environment;
    this.session = session;
    inputs = session.getInputInfo();
    outputs = session.getOutputInfo();
    check();
  }

  /**
   * Opens a graph.
   *
   * @param graph its names
   * @param file the ONNX file
   * @param shape of what it will be given, the first size 1; null if that is not known yet
   * @param threads of one operation; 0 for all cores
   * @throws InputException if the file is missing, no graph, or of other names or shapes
   * @throws UnsupportedInputException if it takes more inputs, or other numbers than 32-bit floats
   */
  static GraphNetwork open(GeneratorConfig.Graph graph, Path file, long[] shape, int threads) {
    ModelFiles.check(graph.file(), file);
    OrtEnvironment environment = Onnx.environment();
    OrtSession session = null;
    boolean done = false;
    try (OrtSession.SessionOptions options = Onnx.options(file, threads)) {
      session = environment.createSession(file.toString(), options);
      GraphNetwork network = new GraphNetwork(graph, file, environment, session);
      if (shape != null) {
        network.checkShape(graph.input(), shape);
      }
      done = true;
      return network;
    } catch (OrtException e) {
      throw new InputException(
          "%s: %s: cannot be loaded as an ONNX model: %s"
              .formatted(graph.file().place(), InputFiles.name(file), Onnx.firstLine(e)),
          e);
    } finally {
      if (!done && session != null) {
        close(session);
      }
    }
  }

  private void check() {
    Set<String> unknown = new LinkedHashSet<>(inputs.keySet());
    check("input", graph.input(), inputs);
    unknown.remove(graph.input().value());
    if (graph.noise().isPresent()) {
      GeneratorConfig.Noise noise = graph.noise().get();
      check("input", noise.input(), inputs);
      checkShape(noise.input(), batchOfOne(noise.shape()));
      unknown.remove(noise.input().value());
    }
    if (!unknown.isEmpty()) {
      throw new UnsupportedInputException(
          "%s: %s wants more inputs than the configuration names, %s; %s"
              .formatted(graph.input().place(), file, unknown, signature()));
    }
    for (GeneratorConfig.Named output : graph.outputs()) {
      check("output", output, outputs);
    }
  }

  private void check(String kind, GeneratorConfig.Named name, Map<String, NodeInfo> nodes) {
    NodeInfo node = nodes.get(name.value());
    if (node == null) {
      throw new InputException(
          "%s: %s has no %s '%s'; %s"
              .formatted(name.place(), file, kind, name.value(), signature()));
    }
    if (!(node.getInfo() instanceof TensorInfo tensor) || tensor.type != OnnxJavaType.FLOAT) {
      throw new UnsupportedInputException(
          "%s: %s '%s' of %s must be of 32-bit floats; %s"
              .formatted(name.place(), kind, name.value(), file, signature()));
    }
  }

  private void checkShape(GeneratorConfig.Named name, long[] shape) {
    long[] wanted = ((TensorInfo) inputs.get(name.value()).getInfo()).getShape();
    boolean fits = wanted.length == 0 || wanted.length == shape.length;
    for (int axis = 0; fits && axis < wanted.length; axis++) {
      fits = wanted[axis] < 0 || wanted[axis] == shape[axis];
    }
    if (!fits) {
      throw new InputException(
          "%s: %s would be given %s; %s"
              .formatted(name.place(), file, Onnx.shown(shape), signature()));
    }
  }

  static long[] batchOfOne(List<Integer> shape) {
    long[] all = new long[shape.size() + 1];
    all[0] = 1;
    for (int i = 0; i < shape.size(); i++) {
      all[i + 1] = shape.get(i);
    }
    return all;
  }

  @Override
  public String signature() {
    return "it takes %s and gives %s".formatted(Onnx.shown(inputs), Onnx.shown(outputs));
  }

  @Override
  public boolean draws() {
    return graph.noise().isPresent();
  }

  @Override
  public List<Tensor> run(float[] values, long[] shape, long seed) {
    checkShape(graph.input(), shape);
    Map<String, OnnxTensor> given = new LinkedHashMap<>();
    try {
      given.put(graph.input().value(), tensor(values, shape));
      if (graph.noise().isPresent()) {
        GeneratorConfig.Noise noise = graph.noise().get();
        given.put(noise.input().value(), drawn(batchOfOne(noise.shape()), seed));
      }
      try (OrtSession.Result result = session.run(given, names())) {
        List<Tensor> made = new ArrayList<>();
        for (GeneratorConfig.Named output : graph.outputs()) {
          OnnxTensor tensor = (OnnxTensor) result.get(output.value()).orElseThrow();
          FloatBuffer floats = tensor.getFloatBuffer();
          float[] copy = new float[floats.remaining()];
          floats.get(copy);
          made.add(Tensor.of(copy, tensor.getInfo().getShape()));
        }
        return made;
      }
    } catch (OrtException e) {
      throw new InputException(
          "%s: %s cannot be run on %s: %s"
              .formatted(graph.file().place(), file, Onnx.shown(shape), Onnx.firstLine(e)),
          e);
    } finally {
      given.values().forEach(OnnxTensor::close);
    }
  }

  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    graph.outputs().forEach(output -> names.add(output.value()));
    return names;
  }

  private OnnxTensor tensor(float[] values, long[] shape) throws OrtException {
    return OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
  }

  private OnnxTensor drawn(long[] shape, long seed) throws OrtException {
    Random random = new Random(seed);
    float[] values = new float[(int) LongStream.of(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return tensor(values, shape);
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
