package org.efferent.acquisition.simulate;

import java.util.List;
import org.efferent.core.UsageException;

/**
 * A kind of stimulus and what the brain answers.
 *
 * @param label of its markers
 * @param share how often it comes, relative to the shares of the others
 * @param components the response, summed
 */
public record EvokedClass(String label, double share, List<EvokedComponent> components) {
  /** Checks the values and copies the list. */
  public EvokedClass {
    components = List.copyOf(components);
    Limits.check("share", share, 0, 1e6);
    if (label.isBlank()) {
      throw new UsageException("a class of stimuli has a label; label='" + label + "'");
    }
  }
}
