package org.efferent.acquisition.simulate;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.efferent.acquisition.lsl.StreamOutlet;

/**
 * One stream of a {@link SimulationRun}: a packet is computed, then pushed, on the run's thread.
 */
abstract class RunTrack {
  final StreamOutlet outlet;
  final AtomicLong pushed = new AtomicLong();
  final AtomicLong heard = new AtomicLong();

  RunTrack(StreamOutlet outlet) {
    this.outlet = outlet;
  }

  /** Computes what lies in a packet; the time of its last sample, negative if there is none. */
  abstract double compute(double from, double to);

  /** Pushes it. */
  abstract void push(double origin, int index, SimulationListener listener);

  void count(int samples, boolean listened) {
    pushed.addAndGet(samples);
    heard.addAndGet(listened ? samples : 0);
  }

  SimulatedStreamStatus status() {
    return new SimulatedStreamStatus(
        outlet.info().name(), outlet.info().type(), pushed.get(), heard.get(), outlet.dropped());
  }

  /** Regular samples. */
  static final class Signal extends RunTrack {
    private final SimulatedSignal signal;
    private final int channels;
    private final double[] row;
    private double[] rows = new double[0];
    private long next;
    private int count;

    Signal(StreamOutlet outlet, SimulatedSignal signal) {
      super(outlet);
      this.signal = signal;
      channels = signal.info().channelCount();
      row = new double[channels];
    }

    @Override
    double compute(double from, double to) {
      count = (int) (signal.rowAt(to) - next);
      if (rows.length < count * channels) {
        rows = new double[count * channels];
      }
      signal.read(next, count, rows, 0);
      return count == 0 ? -1 : signal.time(next + count - 1);
    }

    @Override
    void push(double origin, int index, SimulationListener listener) {
      boolean listened = outlet.haveConsumers();
      for (int i = 0; i < count; i++) {
        double stamp = origin + signal.time(next + i);
        System.arraycopy(rows, i * channels, row, 0, channels);
        outlet.push(row, stamp, i == count - 1);
        listener.sample(index, stamp, row, 0);
      }
      next += count;
      count(count, listened);
      count = 0;
    }
  }

  /** Events. */
  static final class Events extends RunTrack {
    private final SimulatedEvents stream;
    private final boolean numbers;
    private final String[] text = new String[1];
    private List<SimulatedEvent> events = List.of();

    Events(StreamOutlet outlet, SimulatedEvents stream) {
      super(outlet);
      this.stream = stream;
      numbers = stream.lsl().format().isNumeric();
    }

    @Override
    double compute(double from, double to) {
      events = stream.between(from, to);
      return events.isEmpty() ? -1 : events.get(events.size() - 1).time();
    }

    @Override
    void push(double origin, int index, SimulationListener listener) {
      boolean listened = outlet.haveConsumers();
      for (SimulatedEvent event : events) {
        double stamp = origin + event.time();
        if (numbers) {
          double[] values = event.values().stream().mapToDouble(Double::doubleValue).toArray();
          outlet.pushAt(values, 0, stamp);
          listener.sample(index, stamp, values, 0);
        } else {
          text[0] = event.label();
          outlet.pushAt(text, stamp);
        }
      }
      count(events.size(), listened);
      events = List.of();
    }
  }
}
