package org.efferent.generation;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.platform.Fp16Conversions;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.InputFiles;
import org.efferent.data.onnx.Onnx;

/**
 * A graph on ONNX Runtime, on the CPU. What is wrong with it is said with the line of the
 * configuration that it contradicts and with what the graph really takes and gives.
 */
final class GraphSession implements AutoCloseable {
  private static final Set<OnnxJavaType> REAL = Set.of(OnnxJavaType.FLOAT, OnnxJavaType.FLOAT16);
  private static final Set<OnnxJavaType> NUMBERS =
      Set.of(
          OnnxJavaType.FLOAT,
          OnnxJavaType.FLOAT16,
          OnnxJavaType.DOUBLE,
          OnnxJavaType.INT64,
          OnnxJavaType.INT32);

  private final GeneratorConfig.Named name;
  private final String file;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final Map<String, NodeInfo> inputs;
  private final Map<String, NodeInfo> outputs;

  private GraphSession(
      GeneratorConfig.Named name, Path file, OrtEnvironment environment, OrtSession session)
      throws OrtException {
    this.name = name;
    this.file = InputFiles.name(file);
    this.environment = environment;
    this.session = session;
    inputs = session.getInputInfo();
    outputs = session.getOutputInfo();
  }

  /**
   * Opens a graph.
   *
   * @param name of the file in the configuration
   * @param file the ONNX file; weights beside it are found there
   * @param threads of one operation; 0 for all cores
   * @throws InputException if the file is missing or no graph
   */
  static GraphSession open(GeneratorConfig.Named name, Path file, int threads) {
    ModelFiles.check(name, file);
    OrtEnvironment environment = Onnx.environment();
    try (OrtSession.SessionOptions options = Onnx.options(file, threads)) {
      return new GraphSession(
          name, file, environment, environment.createSession(file.toString(), options));
    } catch (OrtException e) {
      throw new InputException(
          "%s: %s: cannot be loaded as an ONNX model: %s"
              .formatted(name.place(), InputFiles.name(file), Onnx.firstLine(e)),
          e);
    }
  }

  /** What it takes and gives. */
  String signature() {
    return "it takes %s and gives %s".formatted(Onnx.shown(inputs), Onnx.shown(outputs));
  }

  /** The file's name, for messages. */
  String file() {
    return file;
  }

  /** Sizes of an input that takes floats of 32 or 16 bits; negative where any will do. */
  long[] realInput(GeneratorConfig.Named input) {
    return sizes("input", input, inputs, REAL, "must be of 32-bit or 16-bit floats");
  }

  /** Sizes of an input that takes floats or whole numbers. */
  long[] numberInput(GeneratorConfig.Named input) {
    return sizes("input", input, inputs, NUMBERS, "must be of floats or of whole numbers");
  }

  /** Sizes of an output of floats of 32 or 16 bits. */
  long[] realOutput(GeneratorConfig.Named output) {
    return sizes("output", output, outputs, REAL, "must be of 32-bit or 16-bit floats");
  }

  private long[] sizes(
      String kind,
      GeneratorConfig.Named its,
      Map<String, NodeInfo> nodes,
      Set<OnnxJavaType> types,
      String rule) {
    NodeInfo node = nodes.get(its.value());
    if (node == null) {
      throw new InputException(
          "%s: %s has no %s '%s'; %s".formatted(its.place(), file, kind, its.value(), signature()));
    }
    if (!(node.getInfo() instanceof TensorInfo tensor) || !types.contains(tensor.type)) {
      throw new UnsupportedInputException(
          "%s: %s '%s' of %s %s; %s"
              .formatted(its.place(), kind, its.value(), file, rule, signature()));
    }
    return tensor.getShape();
  }

  /**
   * Says which inputs the configuration does not name.
   *
   * @param place file and line that the message begins with
   * @param named inputs that it names
   */
  void nothingBeside(String place, Collection<String> named) {
    Set<String> unknown = new LinkedHashSet<>(inputs.keySet());
    unknown.removeAll(named);
    if (!unknown.isEmpty()) {
      throw new UnsupportedInputException(
          "%s: %s wants more inputs than the configuration names, %s; %s"
              .formatted(place, file, unknown, signature()));
    }
  }

  /** Whether an input takes a shape; one of unknown rank takes any. */
  void checkShape(GeneratorConfig.Named input, long[] shape) {
    long[] wanted = ((TensorInfo) inputs.get(input.value()).getInfo()).getShape();
    boolean fits = wanted.length == 0 || wanted.length == shape.length;
    for (int axis = 0; fits && axis < wanted.length; axis++) {
      fits = wanted[axis] < 0 || wanted[axis] == shape[axis];
    }
    if (!fits) {
      throw new InputException(
          "%s: %s would be given %s; %s"
              .formatted(input.place(), file, Onnx.shown(shape), signature()));
    }
  }

  /**
   * Runs it.
   *
   * @param given what goes in by the names of the inputs, each brought to the type of its input
   * @param wanted outputs, floats
   * @return the outputs in this order
   * @throws InputException if the runtime refuses
   */
  List<Values> run(Map<String, Values> given, List<GeneratorConfig.Named> wanted) {
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    Set<String> names = new LinkedHashSet<>();
    wanted.forEach(output -> names.add(output.value()));
    try {
      for (Map.Entry<String, Values> one : given.entrySet()) {
        tensors.put(one.getKey(), tensor(one.getKey(), one.getValue()));
      }
      try (OrtSession.Result result = session.run(tensors, names)) {
        List<Values> made = new ArrayList<>();
        for (GeneratorConfig.Named output : wanted) {
          OnnxTensor tensor = (OnnxTensor) result.get(output.value()).orElseThrow();
          FloatBuffer floats = tensor.getFloatBuffer();
          float[] copy = new float[floats.remaining()];
          floats.get(copy);
          made.add(new Values(copy, tensor.getInfo().getShape()));
        }
        return made;
      }
    } catch (OrtException e) {
      String shapes =
          String.join(", ", given.values().stream().map(v -> Onnx.shown(v.shape())).toList());
      throw new InputException(
          "%s: %s cannot be run on %s: %s".formatted(name.place(), file, shapes, Onnx.firstLine(e)),
          e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor tensor(String input, Values values) throws OrtException {
    FloatBuffer floats = FloatBuffer.wrap(values.floats());
    long[] shape = values.shape();
    return switch (((TensorInfo) inputs.get(input).getInfo()).type) {
      case FLOAT16 ->
          OnnxTensor.createTensor(
              environment,
              Fp16Conversions.convertFloatBufferToFp16Buffer(floats),
              shape,
              OnnxJavaType.FLOAT16);
      case DOUBLE -> {
        double[] wide = new double[values.floats().length];
        for (int i = 0; i < wide.length; i++) {
          wide[i] = values.floats()[i];
        }
        yield OnnxTensor.createTensor(environment, DoubleBuffer.wrap(wide), shape);
      }
      case INT64 -> {
        long[] whole = new long[values.floats().length];
        for (int i = 0; i < whole.length; i++) {
          whole[i] = (long) values.floats()[i];
        }
        yield OnnxTensor.createTensor(environment, LongBuffer.wrap(whole), shape);
      }
      case INT32 -> {
        int[] whole = new int[values.floats().length];
        for (int i = 0; i < whole.length; i++) {
          whole[i] = (int) values.floats()[i];
        }
        yield OnnxTensor.createTensor(environment, IntBuffer.wrap(whole), shape);
      }
      default -> OnnxTensor.createTensor(environment, floats, shape);
    };
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime does not let its session go", e);
    }
  }
}
