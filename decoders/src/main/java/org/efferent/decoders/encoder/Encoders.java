package org.efferent.decoders.encoder;

import java.util.List;
import java.util.Map;
import org.efferent.core.InputException;

/** Architectures by their names in files. */
public final class Encoders {
  private Encoders() {}

  /** The names. */
  public static List<String> architectures() {
    return List.of(
        BrainModule.ARCHITECTURE,
        TimeAggregatedBrainModule.ARCHITECTURE,
        TsConv.A,
        TsConv.B,
        ChannelTokenTransformer.PUBLISHED,
        ChannelTokenTransformer.REPAIRED,
        ProjectionMlp.ARCHITECTURE,
        EegNet.ARCHITECTURE,
        ShallowNet.ARCHITECTURE,
        LatentUpsampler.ARCHITECTURE);
  }

  /**
   * An encoder by name.
   *
   * @param architecture one of {@link #architectures()}
   * @param options its options
   * @param where the file, and the path in it, for messages
   * @param time samples of a window, for architectures whose options may leave it out; 0 if unknown
   * @return the encoder
   * @throws InputException if the name is unknown, or an option is missing, unknown or impossible
   */
  public static Encoder of(
      String architecture, Map<String, Object> options, String where, int time) {
    OptionReader in = new OptionReader(where, options);
    try {
      return switch (architecture) {
        case BrainModule.ARCHITECTURE -> BrainModule.of(in);
        case TimeAggregatedBrainModule.ARCHITECTURE -> TimeAggregatedBrainModule.of(in, time);
        case TsConv.A, TsConv.B -> TsConv.of(architecture, in);
        case ChannelTokenTransformer.PUBLISHED, ChannelTokenTransformer.REPAIRED ->
            ChannelTokenTransformer.of(architecture, in);
        case ProjectionMlp.ARCHITECTURE -> ProjectionMlp.of(in);
        case EegNet.ARCHITECTURE -> EegNet.of(in);
        case ShallowNet.ARCHITECTURE -> ShallowNet.of(in);
        case LatentUpsampler.ARCHITECTURE -> LatentUpsampler.of(in);
        default ->
            throw new InputException(
                "%s: architecture must be one of %s; architecture='%s'"
                    .formatted(where, architectures(), architecture));
      };
    } catch (IllegalArgumentException e) {
      throw new InputException(where + ": " + e.getMessage(), e);
    }
  }
}
