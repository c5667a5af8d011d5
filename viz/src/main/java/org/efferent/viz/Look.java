package org.efferent.viz;

import java.awt.Color;

/** The cursor task by day and by night: colours that every kind of colour vision tells apart. */
public enum Look {
  /** Dark marks on a light ground. */
  LIGHT(0xFFFFFF, 0x1A1A1A, 0x595959, 0x8A8A8A, 0xE69F00, 0x0072B2, 0x1A1A1A),
  /** Light marks on a dark ground. */
  DARK(0x101418, 0xF0F0F0, 0xB4B9BF, 0x6A727C, 0xE69F00, 0x56B4E9, 0xF0F0F0);

  private final Color ground;
  private final Color text;
  private final Color soft;
  private final Color edge;
  private final Color target;
  private final Color cursor;
  private final Color truth;

  Look(int ground, int text, int soft, int edge, int target, int cursor, int truth) {
    this.ground = new Color(ground);
    this.text = new Color(text);
    this.soft = new Color(soft);
    this.edge = new Color(edge);
    this.target = new Color(target);
    this.cursor = new Color(cursor);
    this.truth = new Color(truth);
  }

  /** Behind everything. */
  public Color ground() {
    return ground;
  }

  /** Text. */
  public Color text() {
    return text;
  }

  /** Text that may be overlooked. */
  public Color soft() {
    return soft;
  }

  /** The edge of the workspace and of the target. */
  public Color edge() {
    return edge;
  }

  /** The target's disc. */
  public Color target() {
    return target;
  }

  /** The cursor's disc and its trail. */
  public Color cursor() {
    return cursor;
  }

  /** The ring where the cursor should be. */
  public Color truth() {
    return truth;
  }
}
