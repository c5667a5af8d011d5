package org.efferent.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.efferent.retrieval.live.Evidence.Verdict;
import org.efferent.viz.Look;
import org.efferent.viz.RankingPainter;
import org.efferent.viz.RankingView;
import org.efferent.viz.RankingWindow;

/** The window of a live session with an encoder: the likeliest candidates as pictures or words. */
final class LiveScreen implements AutoCloseable {
  /** Longer side of a picture, pixels. */
  private static final int SHOWN = 240;

  private final NamedPictures pictures;
  private final double decideAt;
  private final RankingWindow window;
  private volatile boolean stopped;
  private RankingView.Decision last;

  private LiveScreen(Path pictures, double decideAt) {
    this.pictures = new NamedPictures(pictures, read -> RankingPainter.thumbnail(read, SHOWN));
    this.decideAt = decideAt;
    this.window = new RankingWindow("Efferent: encoder run", Look.DARK, () -> stopped = true);
  }

  /**
   * Opens it.
   *
   * @param pictures folder of pictures by the candidates' names; null for words alone
   * @param decideAt probability that decides
   * @throws org.efferent.core.UnavailableException if there is no display
   */
  static LiveScreen open(Path pictures, double decideAt) {
    return new LiveScreen(pictures, decideAt);
  }

  /** Whether the user wants an end. */
  boolean stopped() {
    return stopped;
  }

  /** Shows an answer; returns at once. Called by one thread. */
  void show(LiveRetrieval.Answer answer) {
    window.update(view(answer));
  }

  /** What the window shows of an answer. */
  RankingView view(LiveRetrieval.Answer answer) {
    List<RankingView.Answer> answers = new ArrayList<>();
    for (LiveRetrieval.Likely likely : answer.first()) {
      answers.add(
          new RankingView.Answer(
              likely.id(), pictures.get(likely.id()), Math.min(1, likely.probability())));
    }
    double probability = Math.min(1, answer.probability());
    RankingView.State state =
        switch (answer.verdict()) {
          case LISTENING -> RankingView.State.LISTENING;
          case DECIDED -> RankingView.State.DECIDED;
          case ABSTAINED -> RankingView.State.ABSTAINED;
        };
    if (answer.verdict() != Verdict.LISTENING) {
      String name = answer.verdict() == Verdict.DECIDED ? answer.id() : "";
      last = new RankingView.Decision(name, probability, answer.repetitions());
    }
    return new RankingView(state, "", answer.repetitions(), answers, decideAt, last);
  }

  @Override
  public void close() {
    window.close();
  }
}
