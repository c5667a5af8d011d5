package org.efferent.retrieval.protocol;

/** What the encoder was chosen by: when to stop, which layer, which of several. */
public enum Selection {
  /** Data of its own, divided from test and training. */
  VALIDATION("chosen on validation data; the test set was looked at once"),
  /** The test set itself: the figure is too good, by two or three points in published work. */
  TEST("CHOSEN ON THE TEST SET: the figure is too good, and not comparable"),
  /** Nobody said. */
  UNKNOWN("not said what it was chosen on; many published figures are chosen on the test set");

  private final String text;

  Selection(String text) {
    this.text = text;
  }

  /** A line for the protocol. */
  public String describe() {
    return "selection: " + text;
  }
}
