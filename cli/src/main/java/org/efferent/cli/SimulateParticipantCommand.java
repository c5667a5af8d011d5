package org.efferent.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.efferent.acquisition.simulate.Participant;
import org.efferent.core.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code simulate participant}. */
@Command(
    name = "participant",
    description =
        "A simulated participant of a live session: publishes what its units fire while it watches"
            + " the cursor and the target on the session's stream and reacts to what it sees.",
    footerHeading = "%nExample, beside a cursor session in another terminal:%n",
    footer = "  efferent simulate participant --preset high")
final class SimulateParticipantCommand implements Callable<Integer> {
  private static final Duration ANSWER = Duration.ofMillis(200);

  @Mixin private LslOptions lsl;
  @Mixin private OutputOptions output;
  @Mixin private SimulatedUserOptions user;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the stream of counts (default: ${DEFAULT-VALUE}).")
  private String name = "Units";

  @Option(
      names = "--follow",
      paramLabel = "NAME",
      description = "Name of the cursor's stream (default: ${DEFAULT-VALUE}).")
  private String follow = "EfferentCursor";

  @Option(names = "--seed", description = "Of units and spikes (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "How long, in the participant's time (default: until Ctrl-C).")
  private double seconds = Double.POSITIVE_INFINITY;

  @Option(
      names = "--speed",
      paramLabel = "1|max",
      description =
          "In real time, or max: the next bin when the session has answered the one before (default:"
              + " ${DEFAULT-VALUE}).")
  private String speed = "1";

  @Override
  public Integer call() throws InterruptedException {
    if (!(seconds > 0)) {
      throw new UsageException("--seconds must be positive; seconds=" + seconds);
    }
    if (!speed.equals("1") && !speed.equals("max")) {
      throw new UsageException("--speed is 1 or max; speed=" + speed);
    }
    boolean max = speed.equals("max");
    try (Interruption interruption = new Interruption();
        Participant participant =
            new Participant(
                lsl.lsl(), name, follow, user.unitsOptions(), user.userOptions(), seed)) {
      output.note(
          "publishing '%s', %d units, %s bins a second; watching for '%s'",
          name, participant.info().channelCount(), 1 / user.binSeconds(), follow);
      long began = System.nanoTime();
      while (!interruption.wanted() && participant.bins() * user.binSeconds() < seconds) {
        if (max) {
          participant.step(participant.isHeard() ? ANSWER : Duration.ofMillis(1));
        } else {
          pace(began, participant.bins());
          participant.step(Duration.ZERO);
        }
      }
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("bins", participant.bins());
      result.put("seen", participant.seen());
      result.put("seed", seed);
      output.text(
          "%d bins, %d of them answered by a cursor", participant.bins(), participant.seen());
      output.result(result);
      return 0;
    }
  }

  /** Waits until a bin is over. */
  private void pace(long began, long bin) {
    long due = began + Math.round((bin + 1) * user.binSeconds() * 1e9);
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }
}
