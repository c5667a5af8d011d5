package org.efferent.filters.task;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How fast and how well a text was copied: over a block, or a session. NaN where there was no time,
 * or no key.
 *
 * <p>With r right and w wrong characters typed, r′ right and w′ wrong ones deleted again, s keys
 * selected (those that delete, too) and t minutes, all of them, thinking and timeouts included:
 *
 * <ul>
 *   <li>correct characters a minute {@code (r - r′) / t}: what copying won. A wrong character wins
 *       nothing and costs its time and the time to delete it. (The measure of Pandarinath et al.
 *       2017, doi:10.7554/eLife.18554, whose texts are also copied with a key to delete.)
 *   <li>selected characters a minute {@code s / t}: how often keys were selected, right or not;
 *   <li>words a minute {@code (r + w - r′ - w′) / 5 / t}: a word is five characters of what stands
 *       there in the end (MacKenzie, "A note on calculating text entry speed", 2002). The usual - 1
 *       for the first character is left out, since its time is counted here;
 *   <li>total error rate {@code (INF + IF) / (C + INF + IF)}, with C = r - r′ right characters, INF
 *       = w - w′ wrong ones left, IF = r′ + w′ deleted (Soukoreff and MacKenzie, CHI 2003,
 *       doi:10.1145/642611.642632), uncorrected the share of INF in it. A count that falls below
 *       zero, since a block mended what an earlier one spoilt, is zero here.
 * </ul>
 *
 * @param selections s
 * @param correctCharacters r - r′; below zero where more was deleted than typed
 * @param correctCharactersPerMinute see above
 * @param selectedCharactersPerMinute see above
 * @param wordsPerMinute see above
 * @param totalErrorRate see above, 0 to 1
 * @param uncorrectedErrorRate see above, 0 to 1
 */
public record TypingFigures(
    int selections,
    int correctCharacters,
    double correctCharactersPerMinute,
    double selectedCharactersPerMinute,
    double wordsPerMinute,
    double totalErrorRate,
    double uncorrectedErrorRate) {
  private static final double CHARACTERS_A_WORD = 5;

  /**
   * Sums keystrokes up.
   *
   * @param keystrokes of a block or a session, see {@link CopyTyping#keystrokes}
   * @return their figures
   */
  public static TypingFigures of(List<Keystroke> keystrokes) {
    double minutes = keystrokes.stream().mapToDouble(Keystroke::seconds).sum() / 60;
    int right = count(keystrokes, Keystroke.Effect.RIGHT_TYPED);
    int wrong = count(keystrokes, Keystroke.Effect.WRONG_TYPED);
    int rightDeleted = count(keystrokes, Keystroke.Effect.RIGHT_DELETED);
    int wrongDeleted = count(keystrokes, Keystroke.Effect.WRONG_DELETED);
    int selections = keystrokes.size() - count(keystrokes, Keystroke.Effect.NONE);
    int correct = right - rightDeleted;
    int left = Math.max(0, wrong - wrongDeleted);
    double all = Math.max(0, correct) + left + rightDeleted + wrongDeleted;
    return new TypingFigures(
        selections,
        correct,
        correct / minutes,
        selections / minutes,
        (right + wrong - rightDeleted - wrongDeleted) / CHARACTERS_A_WORD / minutes,
        (left + rightDeleted + wrongDeleted) / all,
        left / all);
  }

  private static int count(List<Keystroke> keystrokes, Keystroke.Effect effect) {
    return (int) keystrokes.stream().filter(k -> k.effect() == effect).count();
  }

  /** All figures by name, in the order of the record. */
  public Map<String, Object> byName() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("selections", selections);
    all.put("correctCharacters", correctCharacters);
    all.put("correctCharactersPerMinute", correctCharactersPerMinute);
    all.put("selectedCharactersPerMinute", selectedCharactersPerMinute);
    all.put("wordsPerMinute", wordsPerMinute);
    all.put("totalErrorRate", totalErrorRate);
    all.put("uncorrectedErrorRate", uncorrectedErrorRate);
    return all;
  }
}
