package org.efferent.decoders.nn;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.efferent.core.UnavailableException;
import org.efferent.data.Tensor;

/**
 * The engine that networks compute with (PyTorch through DJL), a device and a precision. Owns every
 * array that lives longer than a step; what a step makes is closed with the step ({@link #step}).
 *
 * <p>One thread at a time. The engine works offline and reports to nobody: its download of natives
 * and its counting of uses are switched off before it loads.
 *
 * <p>Longer than 300 lines by what is said of each way in and out of the engine.
 */
public final class Compute implements AutoCloseable {
  private final NDManager manager;
  private final Device device;
  private final Precision precision;
  private final String note;

  private Compute(NDManager manager, Device device, Precision precision, String note) {
    this.manager = manager;
    this.device = device;
    this.precision = precision;
    this.note = note;
  }

  /**
   * Starts the engine where it does not run yet.
   *
   * @param options device, threads, precision; the threads are those of the whole process
   * @return an owner of arrays
   * @throws UnavailableException if the engine's natives do not load, or the device is not there
   */
  public static Compute open(ComputeOptions options) {
    quiet();
    Engine engine;
    try {
      engine = Engine.getEngine("PyTorch");
    } catch (EngineException | UnsatisfiedLinkError | IllegalStateException e) {
      throw new UnavailableException(
          "the engine of the encoders (PyTorch) does not load on this machine; its natives are built for "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + " by the Maven profile natives-…; see doctor",
          e);
    }
    int threads =
        options.threads() == 0 ? Runtime.getRuntime().availableProcessors() : options.threads();
    if (JniUtils.getNumThreads() != threads) {
      JniUtils.setNumThreads(threads);
    }
    int gpus = engine.getGpuCount();
    Device device = device(options.device(), gpus);
    String note =
        options.device().equals("auto") && gpus == 0
            ? "no GPU is at hand (or the build is without -P cuda): computing on the CPU"
            : null;
    return new Compute(engine.newBaseManager(device), device, options.precision(), note);
  }

  /** Before the engine's classes load: nothing is fetched, nobody is told. */
  private static void quiet() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
  }

  private static Device device(String wanted, int gpus) {
    if (wanted.equals("cpu") || (wanted.equals("auto") && gpus == 0)) {
      return Device.cpu();
    }
    int number = wanted.equals("auto") ? 0 : Integer.parseInt(wanted.substring("cuda:".length()));
    if (number >= gpus) {
      throw new UnavailableException(
          "%s: the engine sees %d GPU(s); use --device cpu or auto, or build with -P cuda on a machine with an NVIDIA GPU"
              .formatted(wanted, gpus));
    }
    return Device.gpu(number);
  }

  /** What a user should hear once about the choice of device; empty if nothing. */
  public Optional<String> note() {
    return Optional.ofNullable(note);
  }

  /** The device: {@code cpu} or {@code cuda:N}. */
  public String device() {
    return device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu";
  }

  /** Width of the numbers. */
  public Precision precision() {
    return precision;
  }

  /** Version of the engine. */
  public static String version() {
    quiet();
    return Engine.getEngine("PyTorch").getVersion();
  }

  /** The owner of long-lived arrays. */
  NDManager manager() {
    return manager;
  }

  /**
   * Runs something and closes every array that it made, except the result. Nothing of it is
   * differentiated.
   *
   * @param work the work; on this thread
   * @param <T> its result, which must not be an array
   * @return its result
   */
  public <T> T step(Supplier<T> work) {
    return step(false, work);
  }

  /**
   * Runs something that may be differentiated, and closes every array that it made.
   *
   * @param work the work; on this thread
   * @param <T> its result, which must not be an array
   * @return its result
   */
  public <T> T differentiable(Supplier<T> work) {
    return step(true, work);
  }

  private static <T> T step(boolean gradients, Supplier<T> work) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(gradients);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return work.get();
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  /**
   * Within {@link #differentiable}: runs something that is not differentiated.
   *
   * @param work the work
   */
  public static void withoutGradients(Runnable work) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    try {
      work.run();
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  /**
   * Differentiates: every array that requires it then has its gradient added.
   *
   * @param loss a scalar
   */
  public static void backward(NDArray loss) {
    NDArray one = loss.onesLike();
    JniUtils.backward((PtNDArray) loss, (PtNDArray) one, false, false);
  }

  /**
   * Seeds what the engine draws (dropout).
   *
   * @param seed any
   */
  public static void seed(long seed) {
    JniUtils.setSeed(seed);
  }

  /**
   * An array of floats in this precision on this device.
   *
   * @param values row-major
   * @param shape sizes
   * @return the array
   */
  public NDArray array(float[] values, long... shape) {
    NDArray made = manager.create(FloatBuffer.wrap(values), new Shape(shape), DataType.FLOAT32);
    return made.toType(precision.type(), false);
  }

  /**
   * An array of doubles, rounded to this precision, on this device.
   *
   * @param values row-major
   * @param shape sizes
   * @return the array
   */
  public NDArray array(double[] values, long... shape) {
    if (precision == Precision.SINGLE) {
      float[] floats = new float[values.length];
      for (int i = 0; i < values.length; i++) {
        floats[i] = (float) values[i];
      }
      return array(floats, shape);
    }
    return manager.create(DoubleBuffer.wrap(values), new Shape(shape), DataType.FLOAT64);
  }

  /**
   * An array of whole numbers on this device.
   *
   * @param values row-major
   * @param shape sizes
   * @return the array, 64 bits
   */
  public NDArray indices(long[] values, long... shape) {
    return manager.create(LongBuffer.wrap(values), new Shape(shape), DataType.INT64);
  }

  /**
   * An array of a file's tensor: whole numbers stay whole, others come in this precision.
   *
   * @param tensor what a file holds
   * @return the array
   */
  public NDArray array(Tensor tensor) {
    Objects.requireNonNull(tensor, "tensor");
    return switch (tensor.type()) {
      case I64, I32, I16, I8, U8, BOOL -> indices(tensor.longs(), tensor.shape());
      case F32, F16, BF16 -> array(tensor.floats(), tensor.shape());
      case F64 -> array(tensor.doubles(), tensor.shape());
    };
  }

  /**
   * What an array holds, for a file.
   *
   * @param array of any type of this package
   * @return its tensor: F32, F64 or I64
   */
  public static Tensor tensor(NDArray array) {
    long[] shape = array.getShape().getShape();
    ByteBuffer bytes = array.toByteBuffer().order(ByteOrder.nativeOrder());
    int elements = Math.toIntExact(array.size());
    return switch (array.getDataType()) {
      case FLOAT32 -> {
        float[] values = new float[elements];
        bytes.asFloatBuffer().get(values);
        yield Tensor.of(values, shape);
      }
      case FLOAT64 -> {
        double[] values = new double[elements];
        bytes.asDoubleBuffer().get(values);
        yield Tensor.of(values, shape);
      }
      case INT64 -> {
        long[] values = new long[elements];
        bytes.asLongBuffer().get(values);
        yield Tensor.of(values, shape);
      }
      default ->
          throw new IllegalArgumentException(
              "an array must hold FLOAT32, FLOAT64 or INT64; type=" + array.getDataType());
    };
  }

  /**
   * The elements of an array as doubles.
   *
   * @param array of floats or doubles
   * @return row-major
   */
  public static double[] doubles(NDArray array) {
    return tensor(array).doubles();
  }

  /**
   * The elements of an array as floats.
   *
   * @param array of floats or doubles
   * @return row-major
   */
  public static float[] floats(NDArray array) {
    return array.getDataType() == DataType.FLOAT32 ? array.toFloatArray() : tensor(array).floats();
  }

  @Override
  public void close() {
    manager.close();
  }
}
