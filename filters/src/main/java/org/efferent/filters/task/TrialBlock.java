package org.efferent.filters.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stretch of a session that figures are given for: a block of calibration, a block or a minute of
 * the task.
 *
 * @param name for people, "open loop", "assist 0.8", "running 1"
 * @param counts whether its trials are the session's score: false for calibration
 * @param choices places that could be selected in each trial; 1 where only the cued one could
 * @param trials finished in it, in order
 * @param keystrokes what they typed, one a trial; empty where the task was not typing
 */
public record TrialBlock(
    String name, boolean counts, int choices, List<Ended> trials, List<Keystroke> keystrokes) {
  /**
   * A trial with its time.
   *
   * @param trial itself
   * @param endSeconds when it ended, since the session began
   */
  public record Ended(Trial trial, double endSeconds) {}

  /** Copies the lists. */
  public TrialBlock {
    trials = List.copyOf(trials);
    keystrokes = List.copyOf(keystrokes);
    if (!keystrokes.isEmpty() && keystrokes.size() != trials.size()) {
      throw new IllegalArgumentException(
          "a block of typing has a keystroke a trial; trials="
              + trials.size()
              + ", keystrokes="
              + keystrokes.size());
    }
  }

  /**
   * A block without typing.
   *
   * @param name for people
   * @param counts whether its trials are the session's score
   * @param choices places that could be selected in each trial
   * @param trials finished in it, in order
   */
  public TrialBlock(String name, boolean counts, int choices, List<Ended> trials) {
    this(name, counts, choices, trials, List.of());
  }

  /**
   * All blocks that count, as one: the session.
   *
   * @param name of the whole
   * @param blocks of one task, as far as they count
   * @return their trials in order, with keystrokes where all of them typed; of one choice where
   *     none counts
   */
  public static TrialBlock session(String name, List<TrialBlock> blocks) {
    List<Ended> trials = new ArrayList<>();
    List<Keystroke> keystrokes = new ArrayList<>();
    int choices = 1;
    for (TrialBlock block : blocks) {
      if (block.counts()) {
        choices = Math.max(choices, block.choices());
        trials.addAll(block.trials());
        keystrokes.addAll(block.keystrokes());
      }
    }
    boolean typing = keystrokes.size() == trials.size();
    return new TrialBlock(name, true, choices, trials, typing ? keystrokes : List.of());
  }

  /**
   * The part of this block whose trials ended in a stretch of time.
   *
   * @param part its name
   * @param fromSeconds exclusive
   * @param toSeconds inclusive
   */
  public TrialBlock between(String part, double fromSeconds, double toSeconds) {
    List<Ended> within = new ArrayList<>();
    List<Keystroke> typed = new ArrayList<>();
    for (int i = 0; i < trials.size(); i++) {
      double end = trials.get(i).endSeconds();
      if (end > fromSeconds && end <= toSeconds) {
        within.add(trials.get(i));
        if (!keystrokes.isEmpty()) {
          typed.add(keystrokes.get(i));
        }
      }
    }
    return new TrialBlock(part, counts, choices, within, typed);
  }

  private List<Trial> plain() {
    return trials.stream().map(Ended::trial).toList();
  }

  /** How it was steered. */
  public TaskFigures figures() {
    return TaskFigures.of(plain(), choices);
  }

  /** Fitts' figures by target size. */
  public FittsFigures fitts() {
    return FittsFigures.of(plain());
  }

  /** How it was typed; empty where it was not. */
  public Optional<TypingFigures> typing() {
    return keystrokes.isEmpty() ? Optional.empty() : Optional.of(TypingFigures.of(keystrokes));
  }

  /** Figures of steering and, where there are any, of typing, by name. */
  public Map<String, Object> byName() {
    Map<String, Object> all = new LinkedHashMap<>(figures().byName());
    typing().ifPresent(typed -> all.putAll(typed.byName()));
    return all;
  }
}
