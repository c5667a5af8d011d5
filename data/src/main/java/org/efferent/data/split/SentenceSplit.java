package org.efferent.data.split;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Which part of the data a sentence belongs to, by its text alone, so that the same text lies in
 * the same part for every listener (Défossez et al. 2023): {@code random.Random(int(sha256(uid),
 * 16) + 12).random()} against the shares of test, valid and train, in this order.
 *
 * @param test share of the sentences
 * @param valid share of the sentences; the rest is for training
 * @param offset added to the hash
 */
public record SentenceSplit(double test, double valid, int offset) {
  /** As published: a fifth, a tenth, and 12. */
  public static final SentenceSplit PUBLISHED = new SentenceSplit(0.2, 0.1, 12);

  /** A part of the data. */
  public enum Part {
    /** Looked at once, at the end. */
    TEST,
    /** For early stopping and choices. */
    VALID,
    /** For training. */
    TRAIN
  }

  /** Checks the shares. */
  public SentenceSplit {
    if (!(test >= 0) || !(valid >= 0) || !(test + valid <= 1)) {
      throw new IllegalArgumentException(
          "shares must not be negative nor sum to more than 1; test=%s, valid=%s"
              .formatted(test, valid));
    }
  }

  /**
   * The part of a sentence.
   *
   * @param uid its identity: its words, joined as the data set joins them
   * @return where it belongs
   */
  public Part part(String uid) {
    double score = score(uid);
    if (score < test) {
      return Part.TEST;
    }
    return score < test + valid ? Part.VALID : Part.TRAIN;
  }

  /**
   * The number that decides.
   *
   * @param uid identity of a sentence
   * @return in [0, 1), as Python gives it
   */
  public double score(String uid) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(uid.getBytes(StandardCharsets.UTF_8));
      return new PythonRandom(new BigInteger(1, digest).add(BigInteger.valueOf(offset))).random();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
