package org.efferent.generation;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;

/** A graph of one input, and perhaps noise, its names and types checked when it is opened. */
final class GraphNetwork implements Network {
  private final GeneratorConfig.Graph graph;
  private final GraphSession session;

  private GraphNetwork(GeneratorConfig.Graph graph, GraphSession session) {
    this.graph = graph;
    this.session = session;
  }

  /**
   * Opens a graph.
   *
   * @param graph its names
   * @param file the ONNX file
   * @param shape of what it will be given, the first size 1; null if that is not known yet
   * @param threads of one operation; 0 for all cores
   * @throws InputException if the file is missing, no graph, or of other names or shapes
   * @throws UnsupportedInputException if it takes more inputs, or other numbers than floats
   */
  static GraphNetwork open(GeneratorConfig.Graph graph, Path file, long[] shape, int threads) {
    GraphSession session = GraphSession.open(graph.file(), file, threads);
    boolean done = false;
    try {
      GraphNetwork network = new GraphNetwork(graph, session);
      network.check();
      if (shape != null) {
        session.checkShape(graph.input(), shape);
      }
      done = true;
      return network;
    } finally {
      if (!done) {
        session.close();
      }
    }
  }

  private void check() {
    Set<String> named = new HashSet<>();
    session.realInput(graph.input());
    named.add(graph.input().value());
    if (graph.noise().isPresent()) {
      GeneratorConfig.Noise noise = graph.noise().get();
      session.realInput(noise.input());
      session.checkShape(noise.input(), batchOfOne(noise.shape()));
      named.add(noise.input().value());
    }
    session.nothingBeside(graph.input().place(), named);
    graph.outputs().forEach(session::realOutput);
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
    return session.signature();
  }

  @Override
  public boolean draws() {
    return graph.noise().isPresent();
  }

  /** Sizes of its input; negative where any will do, none if it does not say. */
  long[] inputShape() {
    return session.realInput(graph.input());
  }

  @Override
  public List<Values> run(float[] values, long[] shape, long seed) {
    session.checkShape(graph.input(), shape);
    Map<String, Values> given = new LinkedHashMap<>();
    given.put(graph.input().value(), new Values(values, shape));
    graph
        .noise()
        .ifPresent(
            noise -> given.put(noise.input().value(), drawn(batchOfOne(noise.shape()), seed)));
    return session.run(given, graph.outputs());
  }

  private static Values drawn(long[] shape, long seed) {
    Random random = new Random(seed);
    float[] values = new float[(int) LongStream.of(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Values(values, shape);
  }

  @Override
  public void close() {
    session.close();
  }
}
