package org.efferent.filters.loop;

/**
 * What a user wants, given what happens on the screen: a person stood in for by a model. An
 * instance has seen nothing yet and is used for one run.
 */
@FunctionalInterface
public interface UserModel {
  /**
   * Looks at the screen at the beginning of a bin.
   *
   * @param cursorX where the cursor is
   * @param cursorY where the cursor is
   * @param targetX where it should go
   * @param targetY where it should go
   * @param velocity modified: {@code [2]}, intended velocity, 1 is the user's top speed
   */
  void intend(double cursorX, double cursorY, double targetX, double targetY, double[] velocity);
}
