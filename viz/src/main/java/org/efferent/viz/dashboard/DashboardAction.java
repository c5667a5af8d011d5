package org.efferent.viz.dashboard;

/** Everything that a key of the dashboard's window does, with the help's words. */
enum DashboardAction {
  HELP("F1", "F1", "this help"),
  SCREENSHOT("F2", "F2", "write a picture of the window (PNG)"),
  RECORD("F3", "F3", "begin or end a recording (five PNG a second in a new folder)"),
  THEME("F4", "F4", "light or dark"),
  DEFAULT_LAYOUT("F5", "F5", "all panels to their first places"),
  NEXT_PANEL("F6", "F6", "focus to the next panel"),
  PREVIOUS_PANEL("shift F6", "Shift+F6", "focus to the panel before"),
  FULL_SCREEN("F11", "F11", "fill the display"),
  PAUSE("SPACE", "Space", "hold the picture, or go on"),
  MOVE_LEFT("ctrl LEFT", "Ctrl+Left", "move the panel with the focus to the left"),
  MOVE_RIGHT("ctrl RIGHT", "Ctrl+Right", "… to the right"),
  MOVE_UP("ctrl UP", "Ctrl+Up", "… upwards"),
  MOVE_DOWN("ctrl DOWN", "Ctrl+Down", "… downwards"),
  JOIN("ctrl T", "Ctrl+T", "… to the next group, as a tab"),
  HIDE("DELETE", "Delete", "hide the panel with the focus"),
  MENU("shift F10", "Shift+F10", "the panel's menu: move, hide, show others (or the right button)"),
  CHANNEL_BEFORE("LEFT", "Left", "choose the channel before for spectra and averages"),
  CHANNEL_NEXT("RIGHT", "Right", "choose the next channel"),
  PAGE_UP("PAGE_UP", "Page up", "signals: the page of channels before"),
  PAGE_DOWN("PAGE_DOWN", "Page down", "signals: the next page of channels"),
  FEWER("ctrl PAGE_UP", "Ctrl+Page up", "signals: half as many channels a page"),
  MORE("ctrl PAGE_DOWN", "Ctrl+Page down", "signals: twice as many channels a page"),
  LARGER("UP", "Up", "signals: larger"),
  SMALLER("DOWN", "Down", "signals: smaller"),
  AUTO_SCALE("A", "A", "signals: each by its own size, or one size for all"),
  SHORTER("PLUS", "+", "signals: a shorter window"),
  LONGER("MINUS", "-", "signals: a longer window"),
  MONTAGE("M", "M", "signals: as recorded, or less the common average"),
  CLOSE("ctrl Q", "Ctrl+Q", "close");

  private final String key;
  private final String keyName;
  private final String words;

  DashboardAction(String key, String keyName, String words) {
    this.key = key;
    this.keyName = keyName;
    this.words = words;
  }

  /** As {@link javax.swing.KeyStroke#getKeyStroke(String)} reads it. */
  String key() {
    return key;
  }

  /** As people read it. */
  String keyName() {
    return keyName;
  }

  /** What it does. */
  String words() {
    return words;
  }

  /** All keys, a line each, and those of the panels. */
  static String help() {
    StringBuilder text = new StringBuilder();
    for (DashboardAction action : values()) {
      text.append(
          String.format(java.util.Locale.ROOT, "%-14s  %s%n", action.keyName, action.words));
    }
    int number = 1;
    for (Panel panel : Panel.values()) {
      text.append(
          String.format(java.util.Locale.ROOT, "%-14s  show %s%n", number++, panel.title()));
    }
    return text.toString();
  }
}
