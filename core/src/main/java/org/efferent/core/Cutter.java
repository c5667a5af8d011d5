package org.efferent.core;

/** Cuts a stream into windows; used by one thread. */
interface Cutter {
  /** Who gets the windows. */
  @FunctionalInterface
  interface Target {
    void accept(Window window);
  }

  /** Takes rows and hands over the windows that they complete. */
  void feed(Chunk chunk, Target target);

  /** The cutter of a pipeline. */
  static Cutter of(Pipeline<?> pipeline, int channels) {
    return pipeline.events() == null
        ? new Windower(pipeline.windowRows(), pipeline.stepRows(), channels)
        : new EventWindower(pipeline.windowRows(), channels, pipeline.events());
  }
}
