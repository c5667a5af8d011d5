package org.efferent.viz.dashboard;

import java.util.concurrent.atomic.AtomicReference;
import org.efferent.viz.RankingView;

/** The latest answers of a session that ranks. Any thread may call any method. */
public final class RankingModel {
  private final AtomicReference<RankingView> latest = new AtomicReference<>(RankingView.START);

  /** Before the first answer. */
  public RankingModel() {}

  /** Takes an answer; never waits. */
  public void update(RankingView view) {
    latest.setRelease(java.util.Objects.requireNonNull(view, "view"));
  }

  /** The latest. */
  public RankingView snapshot() {
    return latest.getAcquire();
  }
}
