package org.efferent.data.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers that are broken on purpose: a hunt that finds none of this would find nothing. */
class FuzzRunTest {
  private static final byte[] SOUND =
      "begin 12 end\n".repeat(8).getBytes(StandardCharsets.US_ASCII);

  /** Little time, so that the tests of readers that do not come back are short. */
  private static final FuzzTarget.Limits SHORT = new FuzzTarget.Limits(4 << 20, 100, 0.05, 0.3);

  @TempDir Path folder;
  private int runs;

  private FuzzResult run(FuzzTarget.Limits limits, FuzzTarget.Reader reader) throws IOException {
    FuzzTarget target =
        new FuzzTarget("t", reader, FuzzSeed.of("case.txt", SOUND, Structure.TEXT)).within(limits);
    Path temporaries = Files.createDirectories(folder.resolve("tmp"));
    // A folder of its own: a reader that did not come back may still write the last of its cases.
    Path cases = folder.resolve("cases" + runs++);
    return new FuzzRun(target, cases, temporaries.toFile(), 1).run(0, 200, 4);
  }

  private String found(FuzzTarget.Reader reader) throws IOException {
    FuzzResult result = run(FuzzTarget.Limits.DEFAULTS, reader);
    assertThat(result.found()).hasSize(1);
    return result.found().get(0).message();
  }

  private static boolean sound(Path path) throws IOException {
    return Files.size(path) == SOUND.length && Arrays.equals(Files.readAllBytes(path), SOUND);
  }

  @Test
  void aCarefulReaderHasNoDefect() throws IOException {
    FuzzResult result =
        run(
            FuzzTarget.Limits.DEFAULTS,
            path -> {
              if (!sound(path)) {
                throw new InputException("no");
              }
            });
    assertThat(result.found()).isEmpty();
    assertThat(result.accepted() + result.refused()).isEqualTo(204);
    assertThat(result.refused()).isGreaterThan(150);
    assertThat(result.row()).startsWith("| t                    |     200 |    4 |");
  }

  @Test
  void exceptionsOfOtherKindsAreDefects() throws IOException {
    assertThat(
            found(
                path -> {
                  if (!sound(path)) {
                    throw new IllegalStateException("damaged");
                  }
                }))
        .matches(
            "case \\d+ of t broke the reader: IllegalStateException; repeat with .ci/fuzz --first \\d+ --cases 1 --huge 0 t");
    assertThat(
            found(
                path -> {
                  if (!sound(path)) {
                    throw new UsageException("the file is not the caller's fault");
                  }
                }))
        .contains("broke the reader: UsageException");
    assertThat(found(FuzzRunTest::overflow)).contains("broke the reader: StackOverflowError");
    assertThat(
            found(
                path -> {
                  if (!sound(path)) {
                    throw new InputException(" ");
                  }
                }))
        .contains("was refused without a word");
  }

  private static void overflow(Path path) throws IOException {
    if (!sound(path)) {
      overflow(path);
    }
  }

  @Test
  void memoryThatTheFileDoesNotJustifyIsADefect() throws IOException {
    AtomicReference<Object> kept = new AtomicReference<>();
    assertThat(
            found(
                path -> {
                  if (!sound(path)) {
                    kept.set(new byte[8 << 20]);
                  }
                }))
        .matches("case \\d+ of t made the reader allocate 83\\d{5} bytes for \\d+; .*");
    assertThat(
            found(
                path -> {
                  if (!sound(path)) {
                    kept.set(ByteBuffer.allocateDirect(8 << 20));
                  }
                }))
        // A little less than was allocated, if the collector freed a buffer of another test
        // meanwhile.
        .matches("case \\d+ of t left 8[0-3]\\d{5} bytes of direct buffers behind; .*");
    // Of a parallel stream too, whose other threads nobody would measure.
    AtomicLong sum = new AtomicLong();
    assertThat(
            found(
                path -> {
                  if (!sound(path)) {
                    IntStream.range(0, 64)
                        .parallel()
                        .forEach(i -> sum.addAndGet(new byte[1 << 17].length));
                  }
                }))
        .contains("made the reader allocate");
  }

  @Test
  void filesLeftOpenOrBehindAreDefects() throws IOException {
    List<InputStream> open = new ArrayList<>();
    assertThat(
            found(
                path -> {
                  if (!sound(path)) {
                    open.add(Files.newInputStream(path));
                  }
                }))
        .contains("left files open");
    for (InputStream in : open) {
      in.close();
    }
    assertThat(
            found(
                path -> {
                  if (!sound(path)) {
                    Files.createTempFile(folder.resolve("tmp"), "left", ".tmp");
                  }
                }))
        .contains("left temporary files behind: [left");
  }

  @Test
  void aReaderThatDoesNotComeBackIsToldByItsNumberAndItsStack() throws IOException {
    AtomicBoolean over = new AtomicBoolean();
    FuzzResult busy =
        run(
            SHORT,
            path -> {
              while (!sound(path) && !over.get()) {
                Thread.onSpinWait();
              }
            });
    over.set(true);
    assertThat(busy.found().get(0).message())
        .matches("case \\d+ of t does not come back: .*; repeat with .*");
    assertThat(busy.found().get(0).cause().getStackTrace())
        .anyMatch(f -> f.getClassName().equals(FuzzRunTest.class.getName()));
    CountDownLatch never = new CountDownLatch(1);
    FuzzResult waiting =
        run(
            SHORT,
            path -> {
              if (!sound(path)) {
                await(never);
              }
            });
    never.countDown();
    assertThat(waiting.found().get(0).message()).contains("does not come back");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void theNumberOfACaseIsItsSeed() {
    Damage damage =
        new Damage(List.of(SOUND, "other\n".getBytes(StandardCharsets.US_ASCII)), Structure.TEXT);
    Set<String> different = new HashSet<>();
    int empty = 0;
    int longer = 0;
    for (int i = 0; i < 2000; i++) {
      byte[] once = damage.of(0, new SplittableRandom(i));
      assertThat(damage.of(0, new SplittableRandom(i))).isEqualTo(once);
      different.add(new String(once, StandardCharsets.ISO_8859_1));
      empty += once.length == 0 ? 1 : 0;
      longer += once.length > 10 * SOUND.length ? 1 : 0;
    }
    assertThat(different).hasSizeGreaterThan(1700);
    assertThat(empty).isPositive();
    assertThat(longer).isPositive();
    assertThat(SOUND).startsWith("begin".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void damageIsInsideWhatIsPacked() throws IOException {
    AtomicLong inside = new AtomicLong();
    FuzzTarget target =
        new FuzzTarget(
            "t",
            path -> {
              try (InputStream raw = Files.newInputStream(path);
                  InputStream in = new java.util.zip.GZIPInputStream(raw)) {
                inside.addAndGet(Arrays.equals(in.readAllBytes(), SOUND) ? 0 : 1);
              } catch (IOException e) {
                throw new InputException("the wrapping is damaged", e);
              }
            },
            FuzzSeed.packed("case.gz", SOUND, Packing.GZIP, Structure.TEXT));
    FuzzResult result = new FuzzRun(target, folder.resolve("cases"), null, 1).run(0, 200, 0);
    assertThat(result.found()).isEmpty();
    assertThat(result.refused()).isBetween(10L, 100L);
    assertThat(inside.get()).isGreaterThan(100);
  }
}
