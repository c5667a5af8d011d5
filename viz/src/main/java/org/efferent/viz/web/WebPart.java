package org.efferent.viz.web;

/** What an update may hold beside signals: each is sent when it has changed. */
enum WebPart {
  /** Channels' quality. */
  QUALITY,
  /** Power by frequency. */
  SPECTRUM,
  /** Averages after markers. */
  EVOKED,
  /** The decoded state. */
  STATE,
  /** Latency and loss. */
  HEALTH,
  /** Answers. */
  RANKING,
  /** Pictures. */
  PICTURES
}
