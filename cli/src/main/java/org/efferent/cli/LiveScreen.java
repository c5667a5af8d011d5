package org.efferent.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.efferent.retrieval.live.Evidence.Verdict;
import org.efferent.viz.RankingPainter;
import org.efferent.viz.RankingView;

/**
 * What is shown of a live session with an encoder: the likeliest candidates as pictures or words.
 */
final class LiveScreen {
  /** Longer side of a picture, pixels. */
  private static final int SHOWN = 240;

  private final NamedPictures pictures;
  private final double decideAt;
  private final Consumer<RankingView> shown;
  private RankingView.Decision last;

  /**
   * A screen.
   *
   * @param pictures folder of pictures by the candidates' names; null for words alone
   * @param decideAt probability that decides
   * @param shown shows a moment and returns at once
   */
  LiveScreen(Path pictures, double decideAt, Consumer<RankingView> shown) {
    this.pictures = new NamedPictures(pictures, read -> RankingPainter.thumbnail(read, SHOWN));
    this.decideAt = decideAt;
    this.shown = shown;
  }

  /** Shows an answer; returns at once. Called by one thread. */
  void show(LiveRetrieval.Answer answer) {
    shown.accept(view(answer));
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
}
