package org.efferent.data.fetch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.efferent.core.InputException;

/**
 * Downloads one file: into {@code NAME.part}, from where an earlier attempt ended if the file is
 * still the same one (Range with If-Range, RFC 9110, sections 13.1.5 and 14), then checked, then
 * renamed. Under the final name there is never anything but the whole file.
 */
final class FileDownload {
  private static final long PROGRESS = 1 << 20;

  private final Web web;
  private final FetchEnvironment environment;
  private final FetchListener listener;
  private final long mostBytes;
  private final RemoteFile file;
  private final Path target;
  private final PartFile part;
  private final Backoff backoff;

  private long expected;
  private long farthest;
  private boolean continued;
  private boolean secondChance;
  private int resumed;
  private int restarted;

  FileDownload(
      Web web,
      FetchEnvironment environment,
      FetchListener listener,
      long mostBytes,
      RemoteFile file,
      Path target) {
    this.web = web;
    this.environment = environment;
    this.listener = listener;
    this.mostBytes = mostBytes;
    this.file = file;
    this.target = target;
    this.part = new PartFile(target, file);
    this.backoff = web.backoff(file.path());
    this.expected = file.bytes();
  }

  FetchCounters counters() {
    return new FetchCounters(backoff.failures(), resumed, restarted);
  }

  /**
   * Downloads it.
   *
   * @return the file, whole and checked
   * @throws InputException if what arrives is not the file that was promised
   * @throws org.efferent.core.StreamException if the server cannot be reached or refuses
   * @throws org.efferent.core.UnavailableException if the disk is full
   */
  FetchedFile run() throws InterruptedException {
    try {
      Files.createDirectories(target.toAbsolutePath().getParent());
      while (true) {
        if (complete(part.usable()) || attempt()) {
          Optional<FetchedFile> checked = finish();
          if (checked.isPresent()) {
            return checked.get();
          }
        }
      }
    } catch (IOException e) {
      throw Disk.error(target, e);
    }
  }

  /** Whether an earlier run had all of it and was stopped before it could say so. */
  private boolean complete(long bytes) {
    boolean whole = bytes > 0 && bytes == expected;
    continued |= whole;
    return whole;
  }

  /** One request; true if the part is whole afterwards. */
  private boolean attempt() throws Disk.Failure, InterruptedException {
    stopIfWanted();
    long have = Disk.run(part::usable);
    Map<String, String> headers = new HashMap<>();
    if (have > 0) {
      headers.put("Range", "bytes=" + have + "-");
      if (!part.validator().isEmpty()) {
        headers.put("If-Range", part.validator());
      }
    }
    try (WebAnswer answer = web.ask(file.address(), headers)) {
      return switch (answer.status()) {
        case 200 -> fromTheBeginning(answer, have);
        case 206 -> onwards(answer, have);
        case 416 -> beyond(answer, have);
        default -> {
          web.refuse(answer, file.path());
          again("it answered " + answer.status(), answer.retryAfter(), null);
          yield false;
        }
      };
    } catch (Disk.Failure e) {
      throw e;
    } catch (IOException e) {
      again(Web.reason(e), Optional.empty(), e);
      return false;
    }
  }

  private void stopIfWanted() throws InterruptedException {
    if (listener.cancelled()) {
      throw new InterruptedException("stopped by the user");
    }
  }

  private void again(String reason, Optional<Duration> asked, Throwable cause)
      throws InterruptedException {
    listener.remark(file.path() + ": " + reason + "; trying again");
    backoff.again(reason, asked, cause);
  }

  private boolean fromTheBeginning(WebAnswer answer, long had)
      throws IOException, InterruptedException {
    if (had > 0) {
      restart("the server sends it from the beginning, or it has changed there");
    }
    continued = false;
    announced(answer, 0);
    Disk.run(
        () -> {
          part.discard();
          part.begin(answer.validator());
          return 0L;
        });
    return copy(answer, 0);
  }

  private boolean onwards(WebAnswer answer, long have) throws IOException, InterruptedException {
    OptionalLong start = answer.rangeStart();
    if (have == 0 || start.isEmpty() || start.getAsLong() != have || answer.encoded()) {
      Disk.run(() -> discarded());
      again("it sent another range than was asked for", Optional.empty(), null);
      return false;
    }
    String validator = answer.validator();
    if (!validator.isEmpty()
        && !part.validator().isEmpty()
        && !validator.equals(part.validator())) {
      Disk.run(() -> discarded());
      restart("it has changed at the publisher");
      again("it has changed", Optional.empty(), null);
      return false;
    }
    announced(answer, have);
    if (!continued) {
      resumed++;
    }
    continued = true;
    return copy(answer, have);
  }

  /** The server has nothing beyond the part: then the part is whole, or not of this file. */
  private boolean beyond(WebAnswer answer, long have) throws IOException, InterruptedException {
    OptionalLong whole = answer.wholeBytes();
    if (have > 0 && whole.isPresent() && whole.getAsLong() == have && expected < 0) {
      expected = have;
      return true;
    }
    Disk.run(() -> discarded());
    restart("the server has less of it than had arrived");
    again("it answered 416", Optional.empty(), null);
    return false;
  }

  private long discarded() throws IOException {
    part.discard();
    return 0;
  }

  private void restart(String why) {
    restarted++;
    listener.remark(file.path() + ": begins anew: " + why);
  }

  /** Takes the size from the answer, or holds it against the listing's; looks for room. */
  private void announced(WebAnswer answer, long have) throws IOException {
    OptionalLong whole = answer.wholeBytes();
    if (whole.isPresent() && file.bytes() >= 0 && whole.getAsLong() != file.bytes()) {
      Disk.run(() -> discarded());
      throw new InputException(
          "%s: the server at %s has %d bytes, the listing says %d; the publisher may just be changing it: nothing was kept, try again later"
              .formatted(file.path(), answer.address().getHost(), whole.getAsLong(), file.bytes()));
    }
    expected = whole.isPresent() ? whole.getAsLong() : file.bytes();
    if (expected > mostBytes) {
      Disk.run(() -> discarded());
      throw tooLarge(expected);
    }
    Room.check(environment.freeSpace(), target.toAbsolutePath().getParent(), expected - have);
  }

  private InputException tooLarge(long bytes) {
    return new InputException(
        "%s: has %d bytes or more, and at most %d are taken for one file; nothing was kept"
            .formatted(file.path(), bytes, mostBytes));
  }

  /** Writes what arrives; true if the file is whole. */
  private boolean copy(WebAnswer answer, long from) throws IOException, InterruptedException {
    byte[] buffer = new byte[1 << 16];
    long at = from;
    try (FileChannel out = Disk.open(part.path(), from)) {
      for (int n = answer.body().read(buffer); n >= 0; n = answer.body().read(buffer)) {
        stopIfWanted();
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
        Disk.run(
            () -> {
              while (bytes.hasRemaining()) {
                out.write(bytes);
              }
              return 0L;
            });
        at += n;
        arrived(at);
      }
    }
    if (expected < 0) {
      expected = at; // an end without an announced size is the end
    }
    if (at == expected) {
      return true;
    }
    again("it ended after %d of %d bytes".formatted(at, expected), Optional.empty(), null);
    return false;
  }

  private void arrived(long at) throws IOException {
    if (expected >= 0 && at > expected) {
      Disk.run(() -> discarded());
      throw new InputException(
          "%s: the server sends more than the %d bytes that it or the listing announced; nothing was kept, tell the publisher"
              .formatted(file.path(), expected));
    }
    if (at > mostBytes) {
      Disk.run(() -> discarded());
      throw tooLarge(at);
    }
    if (at >= farthest + PROGRESS) {
      farthest = at;
      backoff.progress();
    }
    listener.progress(file, at, expected);
  }

  /** Checks the whole part and gives it its name; empty if it must be downloaded again. */
  private Optional<FetchedFile> finish() throws IOException {
    Digests digests = Digests.of(part.path(), file.checksum().map(Checksum::algorithm));
    if (digests.matches(file.checksum())) {
      long bytes = Files.size(part.path());
      Files.move(
          part.path(), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      part.done();
      return Optional.of(
          new FetchedFile(file, bytes, digests.sha256(), FetchedFile.Presence.DOWNLOADED, 0));
    }
    part.discard();
    if (continued && !secondChance) {
      secondChance = true;
      continued = false;
      restart("put together from two downloads, it does not add up");
      return Optional.empty();
    }
    Checksum promised = file.checksum().orElseThrow();
    throw new InputException(
        "%s: its %s is %s, but %s says %s; nothing was kept: fetch it again, and if that does not help, tell the publisher"
            .formatted(
                file.path(),
                promised.algorithm().label(),
                digests.wanted().orElseThrow().hex(),
                file.checksumFrom(),
                promised.hex()));
  }
}
