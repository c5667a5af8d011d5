package org.efferent.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.efferent.decoders.train.TrainingListener;

/**
 * Shows how far a training is: a line that is written over where somebody sees it, and one an
 * epoch.
 */
final class TrainingProgress implements TrainingListener {
  private final PrintWriter err;
  private final boolean bar;
  private final int epochs;
  private int shown;

  TrainingProgress(PrintWriter err, boolean bar, int epochs) {
    this.err = err;
    this.bar = bar;
    this.epochs = epochs;
  }

  @Override
  public void step(int epoch, int step, int steps, double loss, double secondsLeft) {
    if (bar) {
      show(
          String.format(
              Locale.ROOT,
              "epoch %d of %d, step %d of %d, loss %.4f, at most %s left",
              epoch,
              epochs,
              step,
              steps,
              loss,
              time(secondsLeft)));
    }
  }

  @Override
  public void epoch(Epoch epoch) {
    if (bar) {
      show("");
      err.print("\r");
    }
    err.printf(
        Locale.ROOT,
        "efferent: epoch %d: loss %.4f, validation %.4f, top-1 %.3f, top-5 %.3f of %d, %.1f s%s%n",
        epoch.number(),
        epoch.trainLoss(),
        epoch.validationLoss(),
        epoch.validation().top1(),
        epoch.validation().top5(),
        epoch.validation().candidates(),
        epoch.seconds(),
        epoch.best() ? ", best so far" : "");
    err.flush();
    shown = 0;
  }

  private void show(String line) {
    err.print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
    err.flush();
    shown = line.length();
  }

  private static String time(double seconds) {
    long s = Math.round(seconds);
    return s < 90
        ? s + " s"
        : s < 5400
            ? Math.round(s / 60.0) + " min"
            : String.format(Locale.ROOT, "%.1f h", s / 3600.0);
  }
}
