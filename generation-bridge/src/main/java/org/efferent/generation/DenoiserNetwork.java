package org.efferent.generation;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.data.onnx.Onnx;

/** The denoising network with what steers it, its names and shapes checked when it is opened. */
final class DenoiserNetwork implements AutoCloseable {
  private final LatentDiffusion model;
  private final GraphSession graph;
  private final GraphNetwork adapter;
  private final long[] latentShape;
  private final long[] timestepShape;

  /** What goes in at every step besides the latent and the step. */
  private final Map<String, Values> constants = new LinkedHashMap<>();

  private Values text;

  /** An owner of its graphs; {@code adapter} may be null. */
  private DenoiserNetwork(LatentDiffusion model, GraphSession graph, GraphNetwork adapter) {
    this.model = model;
    this.graph = graph;
    this.adapter = adapter;
    this.latentShape = GraphNetwork.batchOfOne(model.latent().shape());
    LatentDiffusion.Denoiser names = model.denoiser();
    graph.realInput(names.latent());
    long[] timestep = graph.numberInput(names.timestep());
    this.timestepShape = timestep.length == 0 ? new long[0] : new long[] {1};
  }

  /**
   * Opens the networks and runs the adapter once, so that shapes that do not fit are said here.
   *
   * @param model what they are
   * @param width numbers of an embedding
   * @param models folder of the files
   * @param threads of one operation; 0 for all cores
   * @throws InputException if a file is missing, or names or shapes are others
   */
  static DenoiserNetwork open(LatentDiffusion model, int width, Path models, int threads) {
    LatentDiffusion.Denoiser names = model.denoiser();
    GraphSession graph =
        GraphSession.open(names.file(), ModelFiles.resolve(names.file(), models), threads);
    GraphNetwork adapter = null;
    boolean done = false;
    try {
      adapter =
          model
              .adapter()
              .map(
                  its ->
                      GraphNetwork.open(its, ModelFiles.resolve(its.file(), models), null, threads))
              .orElse(null);
      DenoiserNetwork network = new DenoiserNetwork(model, graph, adapter);
      network.read(models);
      network.conditions(new float[width]);
      done = true;
      return network;
    } finally {
      if (!done) {
        graph.close();
        if (adapter != null) {
          adapter.close();
        }
      }
    }
  }

  private void read(Path models) {
    LatentDiffusion.Denoiser names = model.denoiser();
    graph.checkShape(names.latent(), latentShape);
    graph.checkShape(names.timestep(), timestepShape);
    long[] given = graph.realOutput(names.output());
    boolean fits = given.length == 0 || given.length == latentShape.length;
    for (int axis = 0; fits && axis < given.length; axis++) {
      fits = given[axis] < 0 || given[axis] == latentShape[axis];
    }
    if (!fits) {
      throw otherOutput(given);
    }
    names.text().ifPresent(its -> text = tokens(its, models));
    names
        .adapterScale()
        .ifPresent(its -> constants.put(its.input().value(), constant(its, models)));
    names.constants().forEach(its -> constants.put(its.input().value(), constant(its, models)));
    Map<String, Values> all = new LinkedHashMap<>(constants);
    all.put(names.latent().value(), null);
    all.put(names.timestep().value(), null);
    names.text().ifPresent(its -> all.put(its.input().value(), null));
    names.image().ifPresent(its -> all.put(its.value(), null));
    graph.nothingBeside(names.file().place(), all.keySet());
  }

  /** Their shape is checked when those of the image are behind them. */
  private Values tokens(LatentDiffusion.Text its, Path models) {
    graph.realInput(its.input());
    return Constants.read(its.tokens(), models);
  }

  /** Numbers of the configuration; one number is a scalar where the graph wants that. */
  private Values constant(LatentDiffusion.Constant constant, Path models) {
    Values read = Constants.read(constant, models);
    long[] wanted = graph.numberInput(constant.input());
    boolean scalar = wanted.length == 0 && read.floats().length == 1;
    Values fitting = scalar ? new Values(read.floats(), new long[0]) : read;
    graph.checkShape(constant.input(), fitting.shape());
    return fitting;
  }

  /**
   * What steers the network towards an embedding.
   *
   * @param embedding not modified
   * @return inputs of the graph by their names
   */
  Map<String, Values> conditions(float[] embedding) {
    Map<String, Values> given = new LinkedHashMap<>(constants);
    Values image =
        adapter == null
            ? new Values(embedding, new long[] {embedding.length})
            : adapter
                .run(embedding, ranked(embedding.length, adapter.inputShape().length), 0)
                .get(0);
    LatentDiffusion.Denoiser names = model.denoiser();
    names
        .text()
        .ifPresent(its -> given.put(its.input().value(), its.imageTokens() ? joined(image) : text));
    names
        .image()
        .ifPresent(
            its -> {
              int rank = graph.realInput(its).length;
              Values fitting =
                  adapter == null
                      ? new Values(image.floats(), ranked(embedding.length, rank))
                      : image;
              graph.checkShape(its, fitting.shape());
              given.put(its.value(), fitting);
            });
    names
        .text()
        .ifPresent(its -> graph.checkShape(its.input(), given.get(its.input().value()).shape()));
    return given;
  }

  /** {@code [1 × … × 1 × width]} of a rank; of unknown rank {@code [1 × width]}. */
  private static long[] ranked(int width, int rank) {
    long[] shape = new long[rank == 0 ? 2 : rank];
    Arrays.fill(shape, 1);
    shape[shape.length - 1] = width;
    return shape;
  }

  /** The text's tokens and the image's behind them. */
  private Values joined(Values image) {
    long[] first = text.shape();
    long[] second = image.shape();
    if (first.length != 3
        || second.length != 3
        || first[0] != 1
        || second[0] != 1
        || first[2] != second[2]) {
      throw new InputException(
          "%s: tokens of text and image must both be [1 × tokens × width], of one width; text=%s, image=%s"
              .formatted(
                  model.denoiser().text().orElseThrow().input().place(),
                  Onnx.shown(first),
                  Onnx.shown(second)));
    }
    float[] all = Arrays.copyOf(text.floats(), text.floats().length + image.floats().length);
    System.arraycopy(image.floats(), 0, all, text.floats().length, image.floats().length);
    return new Values(all, new long[] {1, first[1] + second[1], first[2]});
  }

  /**
   * Predicts the noise, or what the network was trained for.
   *
   * @param latent {@code [channels × height × width]}
   * @param timestep of the training
   * @param conditions from {@link #conditions}
   * @return as the latent
   */
  float[] predict(float[] latent, int timestep, Map<String, Values> conditions) {
    LatentDiffusion.Denoiser names = model.denoiser();
    Map<String, Values> given = new LinkedHashMap<>(conditions);
    given.put(names.latent().value(), new Values(latent, latentShape));
    given.put(names.timestep().value(), new Values(new float[] {timestep}, timestepShape));
    Values made = graph.run(given, List.of(names.output())).get(0);
    if (!Arrays.equals(made.shape(), latentShape)) {
      throw otherOutput(made.shape());
    }
    return made.floats();
  }

  private InputException otherOutput(long[] given) {
    return new InputException(
        "%s: %s gives %s where the latent is %s; %s"
            .formatted(
                model.denoiser().output().place(),
                graph.file(),
                Onnx.shown(given),
                Onnx.shown(latentShape),
                graph.signature()));
  }

  @Override
  public void close() {
    graph.close();
    if (adapter != null) {
      adapter.close();
    }
  }
}
