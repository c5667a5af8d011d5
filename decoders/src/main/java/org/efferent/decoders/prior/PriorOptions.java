package org.efferent.decoders.prior;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.decoders.encoder.OptionReader;

/**
 * The size of a prior.
 *
 * @param embedding numbers of an embedding of an image
 * @param condition numbers of a condition, what an encoder says
 * @param hidden widths of the levels, the outermost first; at least two
 * @param timeWidth numbers of the code of a step, even
 * @param dropout rate behind each level
 */
public record PriorOptions(
    int embedding, int condition, List<Integer> hidden, int timeWidth, double dropout) {
  /** As published: CLIP ViT-H/14's 1024 numbers, 9.7 million weights. */
  public static final PriorOptions FULL =
      new PriorOptions(1024, 1024, List.of(1024, 512, 256, 128, 64), 512, 0.1);

  private static final int WIDEST = 1 << 16;

  /** Checks the numbers. */
  public PriorOptions {
    hidden = List.copyOf(hidden);
    within("embedding", embedding);
    within("condition", condition);
    within("timeWidth", timeWidth);
    hidden.forEach(width -> within("hidden", width));
    if (hidden.size() < 2) {
      throw new IllegalArgumentException(
          "hidden must name the widths of two levels or more; hidden=" + hidden);
    }
    if (timeWidth % 2 != 0) {
      throw new IllegalArgumentException("timeWidth must be even; timeWidth=" + timeWidth);
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException(
          "dropout must be from 0 to less than 1; dropout=" + dropout);
    }
  }

  private static void within(String name, int value) {
    if (value < 1 || value > WIDEST) {
      throw new IllegalArgumentException(
          "%s must be from 1 to %d; %s=%d".formatted(name, WIDEST, name, value));
    }
  }

  /**
   * A prior for a few thousand embeddings of some tens of numbers.
   *
   * @param embedding numbers of an embedding
   * @param condition numbers of a condition
   * @return levels of 256, 128 and 64, half a minute's training
   */
  public static PriorOptions small(int embedding, int condition) {
    return new PriorOptions(embedding, condition, List.of(256, 128, 64), 64, 0.1);
  }

  /** Its options under their names in files. */
  public Map<String, Object> options() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("embedding", embedding);
    out.put("condition", condition);
    out.put("hidden", hidden);
    out.put("timeWidth", timeWidth);
    out.put("dropout", dropout);
    return out;
  }

  /**
   * Reads its options; what is missing is as {@link #small} has it.
   *
   * @param in embedding, condition, hidden, timeWidth, dropout
   * @param embedding numbers of an embedding where the file does not say; 0 if unknown
   * @param condition numbers of a condition where the file does not say; 0 if unknown
   * @return the options
   * @throws InputException if one is missing, unknown or impossible
   */
  public static PriorOptions of(OptionReader in, int embedding, int condition) {
    try {
      PriorOptions usual = small(1, 1);
      List<Integer> hidden = in.wholes("hidden");
      PriorOptions made =
          new PriorOptions(
              embedding > 0 ? in.whole("embedding", embedding) : in.whole("embedding"),
              condition > 0 ? in.whole("condition", condition) : in.whole("condition"),
              hidden.isEmpty() ? usual.hidden() : hidden,
              in.whole("timeWidth", usual.timeWidth()),
              in.number("dropout", usual.dropout()));
      in.end();
      return made;
    } catch (IllegalArgumentException e) {
      throw new InputException(in.path(e.getMessage()), e);
    }
  }
}
