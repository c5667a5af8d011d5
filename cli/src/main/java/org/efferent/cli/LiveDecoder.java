package org.efferent.cli;

import java.util.List;
import org.efferent.core.Decoder;
import org.efferent.core.Estimate.Embedding;
import org.efferent.core.EventQueue;
import org.efferent.core.InputException;
import org.efferent.core.Pipeline;
import org.efferent.core.StreamInfo;
import org.efferent.core.UsageException;
import org.efferent.core.Window;
import org.efferent.decoders.encoder.BrainModule;
import org.efferent.decoders.encoder.Encoder;
import org.efferent.decoders.encoder.EncoderInput;
import org.efferent.decoders.encoder.SensorLayout;
import org.efferent.decoders.nn.Weights;
import org.efferent.decoders.stream.EncoderStream;
import org.efferent.decoders.stream.StreamDecoder;
import org.efferent.decoders.stream.WindowDecoder;
import org.efferent.decoders.train.EncoderFile;

/** An encoder's file as a pipeline: windows at markers, or sliding ones. */
final class LiveDecoder implements AutoCloseable {
  private final EncoderFile file;
  private final Weights weights;
  private final int subject;
  private final int windowRows;
  private final int hopRows;
  private final EventQueue events;
  private final int baselineFrom;
  private final int baselineTo;
  private StreamDecoder stream;

  /**
   * Plans it.
   *
   * @param file the encoder
   * @param weights its weights; not owned
   * @param subject whose signals come
   * @param events what windows are locked to; null for sliding ones
   * @param everySeconds from sliding window to sliding window
   * @param baseline two times in seconds from the window's beginning whose mean is taken from every
   *     channel; empty for none
   */
  LiveDecoder(
      EncoderFile file,
      Weights weights,
      int subject,
      EventQueue events,
      double everySeconds,
      List<Double> baseline) {
    this.file = file;
    this.weights = weights;
    this.subject = subject;
    this.events = events;
    Encoder encoder = file.encoder();
    EncoderInput input = file.input();
    this.windowRows = encoder.time() > 0 ? encoder.time() : input.time();
    this.hopRows = Math.max(1, (int) Math.round(everySeconds * input.rateHz()));
    if (encoder.subjects() > 0 && (subject < 0 || subject >= encoder.subjects())) {
      throw new UsageException(
          "--subject must be one that the encoder knows, 0 to %d; subject=%d"
              .formatted(encoder.subjects() - 1, subject));
    }
    if (encoder.needsLayout() && input.layouts().isEmpty()) {
      throw new InputException(
          "the encoder attends to positions of sensors, and its file has none; train it anew with layouts");
    }
    this.baselineFrom = baseline.isEmpty() ? 0 : row(baseline.get(0));
    this.baselineTo = baseline.isEmpty() ? 0 : row(baseline.get(1));
    if (!baseline.isEmpty() && (baselineFrom < 0 || baselineTo <= baselineFrom)) {
      throw new UsageException(
          "--baseline must be two rising times within the window of %.3f s; baseline=%s"
              .formatted(windowRows / input.rateHz(), baseline));
    }
  }

  private int row(double seconds) {
    long row = Math.round(seconds * file.input().rateHz());
    return row < 0 || row > windowRows ? -1 : (int) row;
  }

  /** Refuses a stream of another rate. */
  void check(StreamInfo info) {
    double wanted = file.input().rateHz();
    if (Math.abs(info.sampleRateHz() - wanted) > 0.01 * wanted) {
      throw new InputException(
          "stream '%s' has %s Hz; the encoder was trained at %s Hz: send the stream at that rate, preprocessed as its training windows were"
              .formatted(info.name(), info.sampleRateHz(), wanted));
    }
  }

  /** The pipeline. */
  Pipeline<Embedding> pipeline() {
    EncoderInput input = file.input();
    SensorLayout layout = input.layouts().isEmpty() ? null : input.layouts().get(0);
    SensorLayout needed = file.encoder().needsLayout() ? layout : null;
    if (events == null && file.encoder() instanceof BrainModule module) {
      EncoderStream made = new EncoderStream(module, weights, needed, subject);
      stream = new StreamDecoder(made, input, windowRows, module.receptiveField());
      return new Pipeline<>(List.of(), hopRows, hopRows, stream);
    }
    Decoder<Embedding> whole = new WindowDecoder(file.encoder(), weights, input, needed, subject);
    Decoder<Embedding> decoder = baselineTo > 0 ? new Baseline(whole) : whole;
    return events == null
        ? new Pipeline<>(List.of(), windowRows, hopRows, decoder)
        : Pipeline.locked(List.of(), windowRows, decoder, events);
  }

  /** Channels that the encoder was trained with, in its order. */
  List<String> labels() {
    return file.input().labels();
  }

  /** Numbers of an embedding, found by encoding zeros. */
  int width() {
    EncoderInput input = file.input();
    SensorLayout layout = file.encoder().needsLayout() ? input.layouts().get(0) : null;
    return new WindowDecoder(file.encoder(), weights, input, layout, subject)
        .decode(new Window(windowRows, input.channels()))
        .values()
        .length;
  }

  @Override
  public void close() {
    if (stream != null) {
      stream.close();
    }
  }

  /** Takes the mean of a stretch of the window from every channel first. */
  private final class Baseline implements Decoder<Embedding> {
    private final Decoder<Embedding> next;
    private Window corrected;

    Baseline(Decoder<Embedding> next) {
      this.next = next;
    }

    @Override
    public Embedding decode(Window window) {
      int channels = window.channels();
      if (corrected == null) {
        corrected = new Window(window.rows(), channels);
      }
      for (int c = 0; c < channels; c++) {
        double mean = 0;
        for (int r = baselineFrom; r < baselineTo; r++) {
          mean += window.get(r, c) / (baselineTo - baselineFrom);
        }
        for (int r = 0; r < window.rows(); r++) {
          corrected.values()[r * channels + c] = window.get(r, c) - mean;
        }
      }
      return next.decode(corrected);
    }
  }
}
