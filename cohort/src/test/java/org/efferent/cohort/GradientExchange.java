package org.efferent.cohort;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * How long two workers need to know the mean of their gradients, by what Spark offers for it: the
 * barrier's {@code allGather}, which goes through the driver as text. Data-parallel training would
 * wait for it in every step. Run by {@code benchmarks/exchange}.
 */
final class GradientExchange {
  private static final int ROUNDS = 15;

  private GradientExchange() {}

  /**
   * Prints a line a size: parameters, median milliseconds of an exchange.
   *
   * @param words none
   */
  public static void main(String[] words) {
    SparkConf conf =
        new SparkConf()
            .setMaster("local-cluster[2,1,1024]")
            .setAppName("exchange")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.rpc.message.maxSize", "512")
            .set("spark.executor.extraClassPath", System.getProperty("java.class.path"));
    try (JavaSparkContext context = new JavaSparkContext(conf)) {
      for (int parameters : new int[] {10_000, 100_000, 1_600_000}) {
        List<Double> medians =
            context
                .parallelize(List.of(1, 2), 2)
                .rdd()
                .toJavaRDD()
                .rdd()
                .barrier()
                .<Double>mapPartitions(
                    new Exchange(parameters),
                    true,
                    scala.reflect.ClassTag$.MODULE$.<Double>apply(Double.class))
                .toJavaRDD()
                .collect();
        System.out.printf("%d parameters: %.1f ms an exchange%n", parameters, medians.get(0));
      }
    }
  }

  /** What each worker does. */
  private static final class Exchange
      extends scala.runtime.AbstractFunction1<
          scala.collection.Iterator<Integer>, scala.collection.Iterator<Double>>
      implements java.io.Serializable {
    private static final long serialVersionUID = 1;

    private final int parameters;

    Exchange(int parameters) {
      this.parameters = parameters;
    }

    @Override
    public scala.collection.Iterator<Double> apply(scala.collection.Iterator<Integer> part) {
      BarrierTaskContext context = BarrierTaskContext.get();
      float[] gradient = new float[parameters];
      Arrays.fill(gradient, context.partitionId() + 1);
      List<Double> times = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        context.barrier();
        long start = System.nanoTime();
        ByteBuffer bytes = ByteBuffer.allocate(4 * parameters);
        bytes.asFloatBuffer().put(gradient);
        float[] mean = new float[parameters];
        for (String one : context.allGather(Base64.getEncoder().encodeToString(bytes.array()))) {
          float[] other = new float[parameters];
          ByteBuffer.wrap(Base64.getDecoder().decode(one)).asFloatBuffer().get(other);
          for (int i = 0; i < parameters; i++) {
            mean[i] += other[i] / 2;
          }
        }
        times.add((System.nanoTime() - start) / 1e6);
        if (mean[parameters - 1] != 1.5f) {
          throw new IllegalStateException("the mean is wrong: " + mean[parameters - 1]);
        }
      }
      Collections.sort(times);
      Iterator<Double> median = List.of(times.get(ROUNDS / 2)).iterator();
      return scala.jdk.javaapi.CollectionConverters.asScala(median);
    }
  }
}
