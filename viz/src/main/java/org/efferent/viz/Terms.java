package org.efferent.viz;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Words of the field in plain language, for {@link Report#glossary}. */
public final class Terms {
  /** What a report on the cursor task uses, in alphabetical order. */
  public static final Map<String, String> CURSOR = cursor();

  private Terms() {}

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
