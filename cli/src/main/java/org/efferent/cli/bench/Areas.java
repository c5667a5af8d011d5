package org.efferent.cli.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** All areas by their names, in the order of the table. */
public final class Areas {
  private Areas() {}

  /** The areas. */
  public static Map<String, BenchArea> all() {
    Map<String, BenchArea> all = new LinkedHashMap<>();
    all.put("ring", new RingArea());
    all.put("lsl", new LslArea());
    all.put("readers", new ReaderArea());
    all.put("filters", new FilterArea());
    all.put("encoders", new EncoderArea());
    all.put("streaming", new StreamingArea());
    all.put("retrieval", new RetrievalArea());
    all.put("dashboards", new DashboardArea());
    return all;
  }
}
