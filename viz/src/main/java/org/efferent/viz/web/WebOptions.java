package org.efferent.viz.web;

import java.util.List;
import org.efferent.core.UsageException;
import org.efferent.viz.dashboard.Panel;

/**
 * How a dashboard is served.
 *
 * @param port on 127.0.0.1; 0 for one that is free
 * @param updatesPerSecond at most, 1 to 60
 * @param mostViewers at a time, 1 to 64
 * @param panels in sight, in this order
 */
public record WebOptions(int port, int updatesPerSecond, int mostViewers, List<Panel> panels) {
  /** A free port, thirty updates a second, eight viewers, all panels. */
  public static final WebOptions DEFAULTS = new WebOptions(0, 30, 8, List.of(Panel.values()));

  /** Checks them. */
  public WebOptions {
    panels = List.copyOf(panels);
    if (port < 0 || port > 65_535) {
      throw new UsageException("a port lies in 0 to 65535, 0 for a free one; port=" + port);
    }
    if (updatesPerSecond < 1 || updatesPerSecond > 60 || mostViewers < 1 || mostViewers > 64) {
      throw new UsageException(
          "updatesPerSecond lies in 1 to 60, mostViewers in 1 to 64; updatesPerSecond="
              + updatesPerSecond
              + ", mostViewers="
              + mostViewers);
    }
  }

  /** Another port. */
  public WebOptions withPort(int other) {
    return new WebOptions(other, updatesPerSecond, mostViewers, panels);
  }

  /** Other panels. */
  public WebOptions withPanels(List<Panel> other) {
    return new WebOptions(port, updatesPerSecond, mostViewers, other);
  }
}
