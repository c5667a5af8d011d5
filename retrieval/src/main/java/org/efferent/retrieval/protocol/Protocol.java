package org.efferent.retrieval.protocol;

import java.util.List;

/** What was done to get a figure. Figures of different protocols are never put into one table. */
public sealed interface Protocol permits ImageProtocol, SpeechProtocol {
  /** Lines that every report prints above its figures. */
  List<String> describe();
}
