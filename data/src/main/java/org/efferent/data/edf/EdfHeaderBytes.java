package org.efferent.data.edf;

import java.io.ByteArrayOutputStream;
import java.math.RoundingMode;
import java.util.List;

/** The header as it is written. */
final class EdfHeaderBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  void bytes(byte[] bytes) {
    out.writeBytes(bytes);
  }

  void text(String text, int width) {
    out.writeBytes(EdfText.field(text, width));
  }

  /** The fields of all signals, field by field. */
  void signals(List<EdfSignal> signals) {
    signals.forEach(s -> text(s.label(), 16));
    signals.forEach(s -> text(s.transducer(), 80));
    signals.forEach(s -> text(s.unit(), 8));
    signals.forEach(s -> number(s.range().physicalMin()));
    signals.forEach(s -> number(s.range().physicalMax()));
    signals.forEach(s -> number(s.range().digitalMin()));
    signals.forEach(s -> number(s.range().digitalMax()));
    signals.forEach(s -> text(s.prefilter(), 80));
    signals.forEach(s -> text(Integer.toString(s.samples()), 8));
    signals.forEach(s -> text("", 32));
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }

  private void number(double value) {
    text(EdfText.number(value, RoundingMode.HALF_EVEN), 8);
  }
}
