package org.efferent.data.fetch;

import java.time.Instant;
import java.util.Objects;

/**
 * A user's word that the licence of a data set was read and is accepted. Nothing is downloaded
 * without one; to make one without having asked the user is to lie.
 *
 * @param dataset the card's id
 * @param licence the licence's name, as it was shown
 * @param when when the user said so
 */
public record LicenceAcceptance(String dataset, String licence, Instant when) {
  /** Checks that nothing is null. */
  public LicenceAcceptance {
    Objects.requireNonNull(dataset, "dataset");
    Objects.requireNonNull(licence, "licence");
    Objects.requireNonNull(when, "when");
  }

  /**
   * The acceptance of a card's licence.
   *
   * @param card the card whose licence was shown
   * @param when when it was accepted
   * @return the acceptance
   */
  public static LicenceAcceptance of(DatasetCard card, Instant when) {
    return new LicenceAcceptance(card.id(), card.licence().name(), when);
  }

  boolean covers(DatasetCard card) {
    return dataset.equals(card.id()) && licence.equals(card.licence().name());
  }
}
