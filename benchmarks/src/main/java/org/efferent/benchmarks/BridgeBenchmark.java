package org.efferent.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.efferent.data.Tensor;
import org.efferent.data.TensorType;
import org.efferent.data.onnx.Onnx;
import org.efferent.data.onnx.OnnxWriter;
import org.efferent.data.onnx.OnnxWriter.Attribute;
import org.efferent.data.onnx.OnnxWriter.Axis;
import org.efferent.generation.Generator;
import org.efferent.generation.GeneratorConfig;
import org.efferent.generation.Generators;

/**
 * What a picture costs beyond the model that draws it: in process around a graph that does next to
 * nothing, whose own time is taken apart; remote with a server in the same program that answers at
 * once, all of whose time is counted. Prints a table in Markdown.
 */
public final class BridgeBenchmark {
  private static final int WIDTH = 1024;
  private static final int WARM_UP = 100;

  /** One picture, by its number. */
  @FunctionalInterface
  private interface Work {
    void run(int picture) throws OrtException;
  }

  private BridgeBenchmark() {}

  /**
   * Runs.
   *
   * @param args pictures, and pixels of a side
   * @throws IOException if the disk refuses
   * @throws OrtException if ONNX Runtime refuses
   */
  public static void main(String[] args) throws IOException, OrtException {
    int pictures = Integer.parseInt(args[0]);
    int side = Integer.parseInt(args[1]);
    Path folder = Files.createTempDirectory("bridge");
    System.out.printf(
        "%d pictures of %d x %d after %d that do not count; ms a picture%n%n",
        pictures, side, side, WARM_UP);
    System.out.println("| way | median | 99 % |");
    System.out.println("|---|---|---|");
    inProcess(folder, side, pictures);
    remote(folder, side, pictures, false);
    remote(folder, side, pictures, true);
  }

  private static float[] embedding(int picture) {
    float[] embedding = new float[WIDTH];
    embedding[picture % WIDTH] = 1;
    return embedding;
  }

  private static void inProcess(Path folder, int side, int pictures)
      throws IOException, OrtException {
    Path graph = folder.resolve("flat.onnx");
    new OnnxWriter("one colour", 13)
        .input("e", TensorType.F32, Axis.of(1), Axis.of(WIDTH))
        .constant("axes", Tensor.of(new long[] {2, 3}, 2))
        .constant("sizes", Tensor.of(new long[] {1, 3, side, side}, 4))
        .node("ReduceMean", List.of("e"), "mean", Attribute.list("axes", 1))
        .node("Unsqueeze", List.of("mean", "axes"), "one")
        .node("Expand", List.of("one", "sizes"), "picture")
        .output("picture", TensorType.F32, Axis.of(1), Axis.of(3), Axis.of(side), Axis.of(side))
        .write(graph, true);
    double[] model;
    try (OrtSession.SessionOptions options = Onnx.options(graph, 1);
        OrtSession session = Onnx.environment().createSession(graph.toString(), options)) {
      model =
          timed(
              pictures,
              picture -> {
                try (OnnxTensor e =
                        OnnxTensor.createTensor(
                            Onnx.environment(),
                            FloatBuffer.wrap(embedding(picture)),
                            new long[] {1, WIDTH});
                    OrtSession.Result result = session.run(Map.of("e", e))) {
                  result.get(0);
                }
              });
    }
    row("in process: the graph alone", model);
    Path config =
        Files.writeString(
            folder.resolve("flat.yaml"),
            """
            kind: onnx
            latent: {shape: [%d]}
            decoder: {graph: flat.onnx, input: e, output: picture}
            """
                .formatted(WIDTH));
    try (Generator generator = Generators.open(GeneratorConfig.read(config), folder, 1)) {
      double[] whole = timed(pictures, picture -> generator.generate(embedding(picture), 0));
      row("in process: the whole way", whole);
      System.out.printf(
          Locale.ROOT,
          "| in process: beyond the model | %.2f | |%n",
          median(whole) - median(model));
    }
  }

  private static void remote(Path folder, int side, int pictures, boolean floats)
      throws IOException {
    byte[] answer = answer(side, floats);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ExecutorService threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    String type = floats ? "FP32" : "UINT8";
    String shape = floats ? "[-1,3,-1,-1]" : "[-1,-1,-1,3]";
    String described =
        "{\"name\":\"flat\",\"inputs\":[{\"name\":\"e\",\"datatype\":\"FP32\",\"shape\":[1,%d]}],\"outputs\":[{\"name\":\"i\",\"datatype\":\"%s\",\"shape\":%s}]}"
            .formatted(WIDTH, type, shape);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          boolean infer = exchange.getRequestURI().getPath().endsWith("/infer");
          byte[] body = infer ? answer : described.getBytes(StandardCharsets.UTF_8);
          if (infer) {
            exchange
                .getResponseHeaders()
                .set(
                    "Inference-Header-Content-Length", Integer.toString(head(side, floats).length));
          }
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    Path config =
        Files.writeString(
            folder.resolve("far.yaml"),
            """
            kind: remote
            embedding: {width: %d}
            server: {url: 'http://127.0.0.1:%d', model: flat, binary: true}
            tensors: {embedding: e, picture: i, layout: %s}
            range: [0, %d]
            """
                .formatted(
                    WIDTH,
                    server.getAddress().getPort(),
                    floats ? "nchw" : "nhwc",
                    floats ? 1 : 255));
    try (Generator generator = Generators.open(GeneratorConfig.read(config), folder, 1)) {
      row(
          "remote: the whole way, " + (floats ? "floats" : "bytes"),
          timed(pictures, picture -> generator.generate(embedding(picture), 0)));
    } finally {
      server.stop(0);
      threads.shutdownNow();
    }
  }

  private static byte[] head(int side, boolean floats) {
    return "{\"model_name\":\"flat\",\"outputs\":[{\"name\":\"i\",\"datatype\":\"%s\",\"shape\":%s,\"parameters\":{\"binary_data_size\":%d}}]}"
        .formatted(
            floats ? "FP32" : "UINT8",
            (floats ? "[1,3,%d,%d]" : "[1,%d,%d,3]").formatted(side, side),
            3 * side * side * (floats ? 4 : 1))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] answer(int side, boolean floats) {
    byte[] head = head(side, floats);
    int values = 3 * side * side;
    ByteBuffer out =
        ByteBuffer.allocate(head.length + values * (floats ? 4 : 1))
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(head);
    for (int i = 0; i < values; i++) {
      if (floats) {
        out.putFloat(i % 255 / 255f);
      } else {
        out.put((byte) i);
      }
    }
    return out.array();
  }

  private static double[] timed(int pictures, Work work) {
    double[] millis = new double[pictures];
    try {
      for (int picture = 0; picture < WARM_UP; picture++) {
        work.run(picture);
      }
      for (int picture = 0; picture < pictures; picture++) {
        long begin = System.nanoTime();
        work.run(picture);
        millis[picture] = (System.nanoTime() - begin) / 1e6;
      }
    } catch (OrtException e) {
      throw new IllegalStateException("the graph does not run", e);
    }
    Arrays.sort(millis);
    return millis;
  }

  private static double median(double[] sorted) {
    return sorted[sorted.length / 2];
  }

  private static void row(String way, double[] sorted) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %.2f | %.2f |%n",
        way,
        median(sorted),
        sorted[(int) (sorted.length * 0.99)]);
  }
}
