package org.efferent.data.fif;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.efferent.core.InputException;
import org.efferent.core.MemoryRecording;
import org.efferent.core.UnsupportedInputException;

/**
 * Epochs as MNE-Python saves them: pieces of equal length around events. An epoch is read when it
 * is asked for; the file must be open. The log of dropped epochs is not read.
 */
public final class FifEpochs {
  private final FifInput in;
  private final FifInfo info;
  private final FifTag data;
  private final int count;
  private final int samples;
  private final int first;
  private final FifEvents events;
  private final OptionalDouble baselineStart;
  private final OptionalDouble baselineEnd;

  private FifEpochs(FifInput in, FifNode node, FifInfo info, FifTag data, int[] shape) {
    this.in = in;
    this.info = info;
    this.data = data;
    this.count = shape[0];
    this.samples = shape[2];
    this.first = node.tag(Fiff.FIRST_SAMPLE).map(t -> FifValues.integer(in, t)).orElse(0);
    this.events =
        FifEvents.readAll(in, node).stream()
            .findFirst()
            .orElse(new FifEvents(List.of(), java.util.Map.of(), List.of()));
    this.baselineStart = number(node, Fiff.MNE_BASELINE_MIN);
    this.baselineEnd = number(node, Fiff.MNE_BASELINE_MAX);
  }

  private OptionalDouble number(FifNode node, int kind) {
    return node.tag(kind).stream().mapToDouble(t -> FifValues.number(in, t)).findFirst();
  }

  static Optional<FifEpochs> read(FifInput in, FifNode root, FifInfo info) {
    Optional<FifNode> node = root.first(Fiff.B_MNE_EPOCHS);
    Optional<FifTag> data = node.flatMap(n -> n.tag(Fiff.EPOCH));
    if (node.isEmpty() || data.isEmpty()) {
      return Optional.empty();
    }
    int[] shape = FifValues.dimensions(in, data.get());
    int type = data.get().type() & 0xffff;
    if (type != Fiff.T_FLOAT && type != Fiff.T_DOUBLE) {
      throw new UnsupportedInputException(
          "%s: epochs are read as float or double; type=%d".formatted(in.name(), type));
    }
    if (shape.length != 3 || shape[1] != info.channels().size()) {
      throw new InputException(
          "%s: epochs must be [epochs × channels × samples] with %d channels; shape=%s"
              .formatted(in.name(), info.channels().size(), java.util.Arrays.toString(shape)));
    }
    FifEpochs epochs = new FifEpochs(in, node.get(), info, data.get(), shape);
    int rows = epochs.events.rows().size();
    if (rows != 0 && rows != shape[0]) {
      throw new InputException(
          "%s: epochs must have an event each; epochs=%d, events=%d"
              .formatted(in.name(), shape[0], rows));
    }
    return Optional.of(epochs);
  }

  /** How many. */
  public int count() {
    return count;
  }

  /** Samples of each. */
  public int samples() {
    return samples;
  }

  /** Time of the first sample, seconds from the event. */
  public double startSeconds() {
    return first / info.sampleRateHz();
  }

  /** The events, one an epoch, and their ids by name. */
  public FifEvents events() {
    return events;
  }

  /** Start of the baseline that was subtracted, seconds from the event; empty if none was. */
  public OptionalDouble baselineStartSeconds() {
    return baselineStart;
  }

  /** End of the baseline that was subtracted. */
  public OptionalDouble baselineEndSeconds() {
    return baselineEnd;
  }

  /**
   * Reads an epoch.
   *
   * @param epoch from 0
   * @return {@code [samples × channels]} in the channels' units; stamps are seconds from the event
   */
  public MemoryRecording epoch(int epoch) {
    Objects.checkIndex(epoch, count);
    int channels = info.channels().size();
    int width = RawBuffers.width(data.type());
    int bytes = channels * samples * width;
    ByteBuffer b = in.read(data.at() + (long) epoch * bytes, bytes, "an epoch");
    double[] values = new double[samples * channels];
    for (int c = 0, at = 0; c < channels; c++) {
      double cal = info.channels().get(c).cal();
      for (int s = 0; s < samples; s++, at += width) {
        values[s * channels + c] = cal * (width == 8 ? b.getDouble(at) : b.getFloat(at));
      }
    }
    double[] stamps = new double[samples];
    for (int s = 0; s < samples; s++) {
      stamps[s] = ((double) first + s) / info.sampleRateHz();
    }
    return new MemoryRecording(info.stream("epoch " + epoch), stamps, values, List.of());
  }
}
