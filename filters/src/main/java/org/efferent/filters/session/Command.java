package org.efferent.filters.session;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What an operator can tell a session to do; each takes effect before the next bin. */
@SuppressWarnings("EnumOrdinal") // the order is the format of a recorded bin
public enum Command {
  /** Leave IDLE. */
  START,
  /** Stand still until RESUME. */
  PAUSE,
  /** Go on after PAUSE or EMERGENCY_STOP. */
  RESUME,
  /** End in good order. */
  STOP,
  /** Velocity zero from this bin on; only RESUME goes on. */
  EMERGENCY_STOP,
  /** Put the cursor into the centre; the trial counts for nothing. */
  RECENTRE,
  /** Keep the decoder as it is. */
  FREEZE,
  /** Let the decoder be adapted again. */
  UNFREEZE,
  /** Go back to the decoder before this one. */
  ROLLBACK,
  /** End the present block of the calibration. */
  NEXT_BLOCK;

  /** Name in markers: {@code emergency-stop}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static double bits(Set<Command> commands) {
    int bits = 0;
    for (Command command : commands) {
      bits |= 1 << command.ordinal();
    }
    return bits;
  }

  static Set<Command> of(double bits) {
    EnumSet<Command> commands = EnumSet.noneOf(Command.class);
    for (Command command : values()) {
      if (((int) bits & 1 << command.ordinal()) != 0) {
        commands.add(command);
      }
    }
    return commands;
  }
}
