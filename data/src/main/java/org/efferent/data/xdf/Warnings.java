package org.efferent.data.xdf;

import java.util.ArrayList;
import java.util.List;

/** Warnings in order; a damaged file could make millions, so the rest is only counted. */
final class Warnings {
  private static final int MOST = 200;

  private final List<String> kept = new ArrayList<>();
  private long more;

  void add(String warning) {
    if (kept.size() < MOST) {
      kept.add(warning);
    } else {
      more++;
    }
  }

  List<String> list() {
    List<String> all = new ArrayList<>(kept);
    if (more > 0) {
      all.add("and " + more + " more warnings");
    }
    return List.copyOf(all);
  }
}
