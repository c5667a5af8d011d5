package org.efferent.decoders.target;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.efferent.core.InputException;
import org.efferent.decoders.encoder.OptionReader;

/**
 * What a pretrained encoder in an ONNX file takes and gives; it lies in a small file beside the
 * model.
 *
 * @param model the ONNX file, relative to the description's folder
 * @param input name of its input tensor
 * @param outputs names of the tensors that are the embedding; several are averaged
 * @param takes how an image or audio becomes the input
 * @param pool what becomes of several rows an image or audio
 * @param normalise whether each embedding is brought to length 1
 */
public record ModelDescription(
    String model,
    String input,
    List<String> outputs,
    ModelInput takes,
    Pool pool,
    boolean normalise) {
  /** What becomes of the rows (patches, frames) of one image or one audio. */
  public enum Pool {
    /** They stay. */
    NONE,
    /** Their mean. */
    MEAN,
    /** The first of them, which stands for the whole image. */
    CLS
  }

  /** Checks the values. */
  public ModelDescription {
    outputs = List.copyOf(outputs);
    Objects.requireNonNull(takes, "takes");
    Objects.requireNonNull(pool, "pool");
    if (model.isBlank() || input.isBlank()) {
      throw new IllegalArgumentException(
          "model and input must not be empty; model='%s', input='%s'".formatted(model, input));
    }
    if (outputs.isEmpty() || outputs.stream().distinct().count() != outputs.size()) {
      throw new IllegalArgumentException(
          "output must name one tensor at least, none twice; output=" + outputs);
    }
    if (takes instanceof AudioInput && pool == Pool.CLS) {
      throw new IllegalArgumentException("pool must be none or mean for audio; pool=cls");
    }
  }

  /**
   * Reads a description.
   *
   * @param in entries {@code model, kind (image, audio), input, output, pool, normalise}; for
   *     images {@code size, crop, mean, std, resample, layout}; for audio {@code features,
   *     sampleRateHz, standardize, blockSeconds, rateHz}
   * @return the description
   * @throws InputException if an entry is missing, unknown or out of its range
   */
  public static ModelDescription read(OptionReader in) {
    try {
      String model = in.word("model");
      ModelInput takes =
          switch (choice(in, "kind", in.word("kind"), Kind.class)) {
            case IMAGE -> image(in);
            case AUDIO -> audio(in);
          };
      ModelDescription description =
          new ModelDescription(
              model,
              in.word("input"),
              in.words("output"),
              takes,
              choice(in, "pool", in.word("pool", "none"), Pool.class),
              in.yes("normalise", false));
      in.end();
      return description;
    } catch (IllegalArgumentException e) {
      throw new InputException(in.path("").replaceFirst("\\.$", "") + ": " + e.getMessage(), e);
    }
  }

  private enum Kind {
    IMAGE,
    AUDIO
  }

  private static ImageInput image(OptionReader in) {
    int crop = in.whole("crop");
    return new ImageInput(
        in.whole("size", crop),
        crop,
        in.numbers("mean"),
        in.numbers("std"),
        choice(in, "resample", in.word("resample", "bicubic"), ImageInput.Resample.class),
        choice(in, "layout", in.word("layout", "nchw"), ImageInput.Layout.class));
  }

  private static AudioInput audio(OptionReader in) {
    AudioInput.Features features =
        choice(in, "features", in.word("features", "waveform"), AudioInput.Features.class);
    boolean wave = features == AudioInput.Features.WAVEFORM;
    return new AudioInput(
        features,
        in.whole("sampleRateHz", WhisperMel.RATE_HZ),
        in.yes("standardize", wave),
        in.number("blockSeconds", wave ? 0 : WhisperMel.SECONDS),
        in.number("rateHz", 50));
  }

  private static <E extends Enum<E>> E choice(
      OptionReader in, String name, String word, Class<E> type) {
    StringBuilder known = new StringBuilder();
    for (E one : type.getEnumConstants()) {
      String lower = one.name().toLowerCase(Locale.ROOT);
      if (lower.equals(word)) {
        return one;
      }
      known.append(known.isEmpty() ? "" : " or ").append(lower);
    }
    throw in.wrong(name, known.toString());
  }
}
