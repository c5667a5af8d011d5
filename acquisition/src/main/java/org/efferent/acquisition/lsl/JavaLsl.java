package org.efferent.acquisition.lsl;

import java.time.Duration;
import java.util.Objects;
import org.efferent.core.LocalClock;

/**
 * LSL in Java alone.
 *
 * @param config where it looks and listens
 */
public record JavaLsl(LslConfig config) implements Lsl {
  /** Checks that there is a configuration. */
  public JavaLsl {
    Objects.requireNonNull(config, "config");
  }

  @Override
  public String name() {
    return "java";
  }

  @Override
  public String reach() {
    return "in session '%s', on a host that scope %s reaches"
        .formatted(config.sessionId(), config.scope());
  }

  @Override
  public LocalClock clock() {
    return LocalClock.SYSTEM;
  }

  @Override
  public LslSearch search(String predicate, int minimum, Duration timeout)
      throws InterruptedException {
    return LslResolver.search(predicate, minimum, timeout, config);
  }

  @Override
  public LslStreamInfo fullInfo(LslStreamInfo info) {
    return LslInlet.fullInfo(info, config);
  }

  @Override
  public LslInlet openInlet(LslStreamInfo info, InletOptions options) {
    return new LslInlet(info, config, options);
  }

  @Override
  public LslOutlet openOutlet(LslStreamInfo stream) {
    return new LslOutlet(stream, config);
  }
}
