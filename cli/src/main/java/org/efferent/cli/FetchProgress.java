package org.efferent.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.efferent.core.LocalClock;
import org.efferent.data.fetch.ByteCount;
import org.efferent.data.fetch.FetchListener;
import org.efferent.data.fetch.FetchedFile;
import org.efferent.data.fetch.FileList;
import org.efferent.data.fetch.RemoteFile;

/** Shows how far a download is: a line that is written over, where somebody sees it. */
final class FetchProgress implements FetchListener {
  private static final long PERIOD_NANOS = 100_000_000;
  private static final int WIDTH = 30;

  private final PrintWriter err;
  private final boolean bar;
  private final LocalClock clock;
  private final BooleanSupplier cancelled;
  private final FileList files;
  private final long start;

  private long next;
  private long doneBytes;
  private long thereBytes;
  private int doneFiles;
  private long here;
  private int shownLength;

  /**
   * A watcher.
   *
   * @param err where the line goes
   * @param bar whether there is one; remarks are printed in any case
   * @param clock for how often it is written, and for the rate
   * @param cancelled whether the user wants an end
   * @param files what is downloaded
   */
  FetchProgress(
      PrintWriter err, boolean bar, LocalClock clock, BooleanSupplier cancelled, FileList files) {
    this.err = err;
    this.bar = bar;
    this.clock = clock;
    this.cancelled = cancelled;
    this.files = files;
    this.start = clock.nanos();
    this.next = start;
  }

  @Override
  public void progress(RemoteFile file, long bytes, long fileBytes) {
    here = bytes;
    if (bar && clock.nanos() >= next) {
      next = clock.nanos() + PERIOD_NANOS;
      show(line(file.path()));
    }
  }

  @Override
  public void done(FetchedFile file) {
    doneFiles++;
    doneBytes += file.bytes();
    boolean there = file.presence() == FetchedFile.Presence.THERE;
    thereBytes += there ? file.bytes() : 0;
    here = 0;
    if (bar && (!there || clock.nanos() >= next)) {
      show(line(file.file().path()));
    }
  }

  @Override
  public void remark(String text) {
    clear();
    err.println("efferent: " + text);
    err.flush();
  }

  @Override
  public boolean cancelled() {
    return cancelled.getAsBoolean();
  }

  /** Takes the line away. */
  void clear() {
    if (shownLength > 0) {
      show("");
      err.print("\r");
      err.flush();
    }
  }

  private String line(String path) {
    long bytes = doneBytes + here;
    long total = files.withoutSize() == 0 ? files.knownBytes() : -1;
    double seconds = (clock.nanos() - start) / 1e9;
    String rate =
        seconds > 0.5 ? ByteCount.shown((long) ((bytes - thereBytes) / seconds)) + "/s" : "";
    String name = path.length() > WIDTH ? "…" + path.substring(path.length() - WIDTH + 1) : path;
    return String.format(
        Locale.ROOT,
        "%-" + WIDTH + "s  %d files done  %s%s  %s",
        name,
        doneFiles,
        ByteCount.shown(bytes),
        total > 0 ? String.format(Locale.ROOT, " (%d %%)", 100 * bytes / total) : "",
        rate);
  }

  private void show(String line) {
    err.print("\r" + line + " ".repeat(Math.max(0, shownLength - line.length())));
    err.flush();
    shownLength = line.length();
  }
}
