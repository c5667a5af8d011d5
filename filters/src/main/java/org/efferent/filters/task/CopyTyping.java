package org.efferent.filters.task;

import java.util.ArrayList;
import java.util.List;

/**
 * Copying a text on a {@link Keyboard}, key by key: cued is the next right character, or the key
 * that deletes while there are wrong ones. A text that is finished begins again, with nothing
 * typed.
 */
public final class CopyTyping implements TargetSequence {
  private final Keyboard keyboard;
  private final String prompt;
  private final StringBuilder typed = new StringBuilder();
  private int right;
  private int rounds;

  /**
   * Nothing typed yet.
   *
   * @param keyboard to type on
   * @param prompt what is to be typed; see {@link Keyboard#typeable}
   */
  public CopyTyping(Keyboard keyboard, String prompt) {
    this.keyboard = keyboard;
    this.prompt = keyboard.typeable(prompt);
  }

  /** What is to be typed. */
  public String prompt() {
    return prompt;
  }

  /** What stands there, wrong characters included. */
  public String typed() {
    return typed.toString();
  }

  /** How many of the typed characters are right: all before the first wrong one. */
  public int right() {
    return right;
  }

  /** How often the whole text was typed. */
  public int rounds() {
    return rounds;
  }

  @Override
  public Target next(double cursorX, double cursorY) {
    char symbol = typed.length() > right ? Keyboard.DELETE : prompt.charAt(right);
    return keyboard.nearest(symbol, cursorX, cursorY).place();
  }

  @Override
  public List<Target> choices() {
    return keyboard.places();
  }

  @Override
  public boolean fulfils(Target cued, Target selected) {
    return keyboard
        .key(cued)
        .flatMap(c -> keyboard.key(selected).map(s -> s.symbol() == c.symbol()))
        .orElse(false);
  }

  @Override
  public void selected(Target place) {
    keyboard.key(place).ifPresent(key -> press(key.symbol()));
  }

  private Keystroke.Effect press(char symbol) {
    int length = typed.length();
    if (symbol == Keyboard.DELETE) {
      if (length == 0) {
        return Keystroke.Effect.NOTHING;
      }
      typed.setLength(length - 1);
      if (length > right) {
        return Keystroke.Effect.WRONG_DELETED;
      }
      right--;
      return Keystroke.Effect.RIGHT_DELETED;
    }
    typed.append(symbol);
    if (length > right || symbol != prompt.charAt(right)) {
      return Keystroke.Effect.WRONG_TYPED;
    }
    right++;
    if (right == prompt.length()) {
      rounds++;
      right = 0;
      typed.setLength(0);
    }
    return Keystroke.Effect.RIGHT_TYPED;
  }

  /**
   * What trials typed, one after the other, from the beginning of the text.
   *
   * @param keyboard that was typed on
   * @param prompt what was to be typed
   * @param trials all of them, from the first on, in order
   * @return {@code [trials]} what each did
   */
  public static List<Keystroke> keystrokes(Keyboard keyboard, String prompt, List<Trial> trials) {
    CopyTyping typing = new CopyTyping(keyboard, prompt);
    List<Keystroke> all = new ArrayList<>();
    for (Trial trial : trials) {
      Keystroke.Effect effect =
          trial
              .selected()
              .flatMap(keyboard::key)
              .map(key -> typing.press(key.symbol()))
              .orElse(Keystroke.Effect.NONE);
      all.add(new Keystroke(trial.seconds(), effect, typing.typed()));
    }
    return all;
  }
}
