package org.efferent.viz;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Words of the field in plain language, for {@link Report#glossary}. */
public final class Terms {
  /** What a report on the cursor task uses, in alphabetical order. */
  public static final Map<String, String> CURSOR = cursor();

  /** What a report on a training uses, of an encoder or of a prior. */
  public static final Map<String, String> TRAINING = training();

  /** What a report on pictures against what was seen uses. */
  public static final Map<String, String> PICTURES = pictures();

  private Terms() {}

  private static Map<String, String> training() {
    Map<String, String> t = new LinkedHashMap<>();
    t.put(
        "Baseline",
        "Something simpler, trained on the same examples: what a network must beat to be worth it.");
    t.put(
        "Chance", "What guessing would reach. A figure says something only in comparison with it.");
    t.put(
        "Cosine",
        "How alike two embeddings are in direction: 1 is the same, 0 is unrelated, -1 is opposite.");
    t.put(
        "Embedding",
        "A list of some hundred numbers that stands for an image or a word: alike things have alike"
            + " numbers.");
    t.put("Encoder", "The network that turns a piece of brain activity into an embedding.");
    t.put("Epoch", "Once through all training examples.");
    t.put(
        "Fréchet distance",
        "How far two clouds of embeddings are apart, in their middles and in their spreads. 0 is the"
            + " same cloud.");
    t.put(
        "Loss",
        "What training makes small: how wrong the answers are. Only losses of the same kind compare.");
    t.put(
        "Prior",
        "A network that draws embeddings as they occur in images, given what an encoder says.");
    t.put("Seed", "The number from which random numbers start; the same seed gives the same run.");
    t.put(
        "Test examples",
        "Examples that had no part in training or choosing: they are scored once.");
    t.put("Top-1, top-5", "How often the truth stands first, or among the first five candidates.");
    t.put(
        "Validation examples",
        "Examples by which the epoch is chosen. Figures on them are a little too good.");
    return Collections.unmodifiableMap(t);
  }

  private static Map<String, String> pictures() {
    Map<String, String> t = new LinkedHashMap<>();
    t.put(
        "Correlation of pixels",
        "How brightness and colour of two pictures go together, pixel by pixel: 1 is alike, 0 is"
            + " unrelated.");
    t.put("p", "How often random pairings would reach as much; small values speak against chance.");
    t.put(
        "PSNR",
        "Peak signal to noise ratio in decibels: how large pixels' errors are; higher is better.");
    t.put(
        "Random pairings",
        "Each drawn picture against the stimulus of another one: what the same figures are when"
            + " nothing was decoded.");
    t.put(
        "SSIM",
        "Structural similarity: how alike two pictures are in brightness, contrast and structure of"
            + " small regions. 1 is the same picture.");
    t.put(
        "Two-way identification",
        "The share of pairs in which a drawn picture is more like its own stimulus than like another"
            + " one. Chance is 0.5.");
    return Collections.unmodifiableMap(t);
  }

  private static Map<String, String> cursor() {
    Map<String, String> t = new LinkedHashMap<>();
    t.put("Bin", "A short slice of time, a tenth of a second say; there is one estimate a bin.");
    t.put(
        "Bit rate",
        "How much a user gets across a second, in bits: it grows with the number of targets and"
            + " with right choices, and shrinks with wrong ones.");
    t.put(
        "Calibration",
        "The minutes at the start in which the decoder learns how this user's signals go with the"
            + " movement that the user wants.");
    t.put(
        "Chance", "What guessing would reach. A figure says something only in comparison with it.");
    t.put("Decoder", "The program that turns brain signals into what the user wants.");
    t.put(
        "DKF",
        "Discriminative Kalman filter: a Kalman filter that learns directly which movement goes with"
            + " which signal, so that the relation need not be a straight line.");
    t.put(
        "Fallback",
        "A bin in which the DKF's formula would have given an uncertainty that is no uncertainty, and"
            + " a safe rule was used instead. Some are normal; a rising number is a warning.");
    t.put(
        "Kalman filter",
        "The usual decoder: it weighs what the signals say now against where the movement was going.");
    t.put(
        "Latency",
        "The time from a sample's arrival to its estimate, in microseconds (millionths of a second)"
            + " or milliseconds (thousandths). p50 is the median; 99 in 100 lie below p99.");
    t.put(
        "Lost",
        "Samples that came in but were overwritten before the decoder read them. It should be 0.");
    t.put(
        "LSL",
        "Lab Streaming Layer, the way in which laboratory devices send signals over the network.");
    t.put(
        "MAAE",
        "Mean absolute angular error: how far decoded directions point away from the true ones, on"
            + " average. 0 is perfect; guessing gives 1.571 radians, which is 90 degrees.");
    t.put(
        "nRMSE",
        "Normalised root-mean-square error: the size of the error as a share of the size of the"
            + " truth. 0 is perfect; always answering \"no movement\" gives 1.");
    t.put(
        "r",
        "Correlation of decoded and true movement along one axis: 1 is perfect, 0 is chance. It says"
            + " nothing about size.");
    t.put("Seed", "The number from which random numbers start; the same seed gives the same run.");
    t.put(
        "Watchdog",
        "Stops the cursor when the signals stop, so that it never runs on by itself. The window then"
            + " says STALE.");
    return Collections.unmodifiableMap(t);
  }
}
