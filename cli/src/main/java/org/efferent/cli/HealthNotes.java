package org.efferent.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.efferent.core.health.HealthEvent;

/**
 * Says on standard error what begins to be wrong with streams. Of one kind in one stream so many
 * are said; the rest is counted in the report. Any thread may call it.
 */
final class HealthNotes implements Consumer<HealthEvent> {
  private static final int MOST = 8;

  private final OutputOptions output;
  private final Map<String, Integer> said = new HashMap<>();

  HealthNotes(OutputOptions output) {
    this.output = output;
  }

  @Override
  public synchronized void accept(HealthEvent event) {
    if (!event.begins()) {
      return;
    }
    int count = said.merge(event.stream() + '\n' + event.condition(), 1, Integer::sum);
    if (count <= MOST) {
      output.note(
          "'%s': %s%s",
          event.stream(),
          event.message(),
          count == MOST ? "; more of this kind are counted, not told" : "");
    }
  }
}
