package org.efferent.filters;

import java.util.SplittableRandom;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.efferent.core.UnavailableException;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Half the squared error of a one-hidden-layer network and its gradient, by Deeplearning4j: the
 * only class that touches it, so that nothing of it loads until a network is trained.
 *
 * <p>Runs on one thread: such networks are so small that more threads only wait for one another (on
 * a busy machine of two cores a gradient took 60 ms with two threads, 4 ms with one). The threads
 * of OpenBLAS are restored by {@link #close}.
 */
final class NetworkObjective implements Bfgs.Function, AutoCloseable {
  private final int inputs;
  private final int hidden;
  private final int outputs;
  private final int rows;
  private final int blasThreads;
  private final long seed;
  private final MultiLayerNetwork network;

  /**
   * A network over standardised rows.
   *
   * @param x {@code [rows][inputs]}
   * @param y {@code [rows][outputs]}
   * @param hidden units
   * @param seed of the first parameters
   * @throws UnavailableException where ND4J does not load
   */
  NetworkObjective(double[][] x, double[][] y, int hidden, long seed) {
    this.hidden = hidden;
    this.seed = seed;
    inputs = x[0].length;
    outputs = y[0].length;
    rows = x.length;
    try {
      blasThreads = openblas_nolapack.blas_get_num_threads();
      openblas_nolapack.blas_set_num_threads(1);
      Nd4j.getEnvironment().setMaxThreads(1);
      Nd4j.getEnvironment().setMaxMasterThreads(1);
      NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
      network =
          new MultiLayerNetwork(
              new NeuralNetConfiguration.Builder()
                  .dataType(DataType.DOUBLE)
                  .weightInit(WeightInit.XAVIER)
                  .updater(new NoOp())
                  .list()
                  .layer(
                      new DenseLayer.Builder()
                          .nIn(inputs)
                          .nOut(hidden)
                          .activation(Activation.TANH)
                          .build())
                  .layer(
                      new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                          .nIn(hidden)
                          .nOut(outputs)
                          .activation(Activation.IDENTITY)
                          .build())
                  .build());
      network.init();
      network.setInput(Nd4j.create(x));
      network.setLabels(Nd4j.create(y));
    } catch (LinkageError e) {
      throw new UnavailableException(
          "training dkf-nn, ekf or ukf needs ND4J's native library, which does not load here: load"
              + " a decoder that was trained elsewhere, or use another filter",
          e);
    }
  }

  /** Parameters, {@code (inputs + 1) hidden + (hidden + 1) outputs}. */
  int size() {
    return (inputs + 1) * hidden + (hidden + 1) * outputs;
  }

  /**
   * Parameters to begin with: weights of mean 0 and variance 2 / (in + out) (Glorot and Bengio
   * 2010), biases 0. Drawn here, since ND4J takes the time of day for a seed of 0.
   */
  double[] start() {
    SplittableRandom random = new SplittableRandom(seed);
    double[] parameters = new double[size()];
    int second = (inputs + 1) * hidden;
    draw(random, parameters, 0, inputs * hidden, Math.sqrt(2.0 / (inputs + hidden)));
    draw(random, parameters, second, hidden * outputs, Math.sqrt(2.0 / (hidden + outputs)));
    return parameters;
  }

  private static void draw(
      SplittableRandom random, double[] into, int from, int count, double deviation) {
    for (int i = from; i < from + count; i++) {
      into[i] = deviation * random.nextGaussian();
    }
  }

  @Override
  public double at(double[] parameters, double[] gradient) {
    network.setParams(Nd4j.create(new double[][] {parameters}));
    network.computeGradientAndScore();
    // Deeplearning4j's loss is the mean over rows and outputs, its gradient a sum over rows.
    double[] slope = network.gradient().gradient().toDoubleVector();
    for (int i = 0; i < slope.length; i++) {
      gradient[i] = 0.5 * outputs * slope[i];
    }
    return 0.5 * outputs * rows * network.score();
  }

  /** The network of parameters, in plain Java. */
  NeuralRegressor network(double[] parameters) {
    network.setParams(Nd4j.create(new double[][] {parameters}));
    return new NeuralRegressor(
        byOutput(network.getParam("0_W")),
        network.getParam("0_b").toDoubleVector(),
        byOutput(network.getParam("1_W")),
        network.getParam("1_b").toDoubleVector());
  }

  /** What Deeplearning4j itself predicts, {@code [rows][outputs]}. */
  double[][] output(double[] parameters, double[][] x) {
    network.setParams(Nd4j.create(new double[][] {parameters}));
    INDArray y = network.output(Nd4j.create(x));
    return y.toDoubleMatrix();
  }

  /** {@code [in, out]} to {@code [out × in]}, row-major. */
  private static double[] byOutput(INDArray weights) {
    return Tables.flat(weights.transpose().toDoubleMatrix());
  }

  @Override
  public void close() {
    openblas_nolapack.blas_set_num_threads(blasThreads);
  }
}
