package org.efferent.acquisition.simulate;

/** The half of the sensorimotor cortex that a source belongs to. */
public enum Hemisphere {
  /** Neither: imagined movements do not change it. */
  NONE,
  /** The left one, which moves the right hand. */
  LEFT,
  /** The right one, which moves the left hand. */
  RIGHT
}
