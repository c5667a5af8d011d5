package org.efferent.viz;

import java.awt.Dimension;
import java.util.List;
import org.efferent.core.UsageException;

/**
 * On which display the task is shown.
 *
 * @param index from 0, in the system's order; -1 for the largest other than the operator's
 */
public record DisplayChoice(int index) {
  /** The largest display beside the one where the operator's window is. */
  public static final DisplayChoice LARGEST_OTHER = new DisplayChoice(-1);

  /** Checks the number. */
  public DisplayChoice {
    if (index < -1) {
      throw new UsageException("a display is a number from 0, or other; display=" + index);
    }
  }

  /**
   * Reads what an option says.
   *
   * @param text "other", or a number from 0
   * @return the choice
   */
  public static DisplayChoice parse(String text) {
    if (text.equals("other")) {
      return LARGEST_OTHER;
    }
    if (!text.matches("[0-9]{1,3}")) {
      throw new UsageException("a display is a number from 0, or other; display=" + text);
    }
    return new DisplayChoice(Integer.parseInt(text));
  }

  /**
   * Chooses among the displays that there are.
   *
   * @param displays their sizes, at least one
   * @param operator the display of the operator's window
   * @return an index; the operator's where there is no other
   */
  int pick(List<Dimension> displays, int operator) {
    if (index >= displays.size()) {
      throw new UsageException(
          "a display must exist; there are " + displays.size() + ", from 0 on; display=" + index);
    }
    if (index >= 0) {
      return index;
    }
    int best = operator;
    long most = -1;
    for (int i = 0; i < displays.size(); i++) {
      long pixels = (long) displays.get(i).width * displays.get(i).height;
      if (i != operator && pixels > most) {
        best = i;
        most = pixels;
      }
    }
    return best;
  }
}
