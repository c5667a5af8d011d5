package org.efferent.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.efferent.core.InputException;
import org.efferent.core.UnavailableException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives, good and hostile. */
class ArchivesTest {
  @TempDir private Path folder;

  private final Archives archives = new Archives(false, 100, place -> Long.MAX_VALUE);

  private static Map<String, byte[]> entries(Object... namesAndContents) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (int i = 0; i < namesAndContents.length; i += 2) {
      entries.put((String) namesAndContents[i], (byte[]) namesAndContents[i + 1]);
    }
    return entries;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Path zip(Map<String, byte[]> entries) throws IOException {
    Path archive = Files.createDirectories(folder.resolve("d")).resolve("sub-01.zip");
    try (OutputStream file = Files.newOutputStream(archive);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
    return archive;
  }

  /** Changes a field of every entry of an archive's central list, by its offset in the entry. */
  private static void inTheList(Path archive, int offset, int value) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(archive)).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < bytes.limit() - 46; at++) {
      if (bytes.getInt(at) == 0x02014b50) {
        bytes.putInt(at + offset, value);
      }
    }
    Files.write(archive, bytes.array());
  }

  @Test
  void anArchiveIsUnpackedBesideItself() throws Exception {
    Path archive =
        zip(
            entries(
                "sub-01/", new byte[0], "sub-01/a.npy", text("a"), "sub-01/x/b.npy", text("bb")));
    assertThat(archives.unpack(archive)).isEqualTo(2);
    assertThat(folder.resolve("d/sub-01/a.npy")).hasContent("a");
    assertThat(folder.resolve("d/sub-01/x/b.npy")).hasContent("bb");
    assertThat(archive).exists();
  }

  @Test
  void whatIsThereStaysUnlessItDiffers() throws Exception {
    Path archive = zip(entries("a", text("a"), "b", text("b")));
    archives.unpack(archive);
    Files.delete(folder.resolve("d/b"));
    assertThat(archives.unpack(archive)).isEqualTo(2);
    assertThat(folder.resolve("d/b")).hasContent("b");
    Files.writeString(folder.resolve("d/a"), "x");
    assertThatThrownBy(() -> archives.unpack(archive))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            folder.resolve("d/a")
                + ": is there already with another content than the archive's; move it away, or"
                + " give --force to replace it");
    new Archives(true, 100, place -> Long.MAX_VALUE).unpack(archive);
    assertThat(folder.resolve("d/a")).hasContent("a");
  }

  @Test
  void noEntryLeavesTheFolder() throws Exception {
    for (String name : new String[] {"../evil", "/evil", "a/../../evil", "a\\..\\evil"}) {
      Path archive = zip(entries("good", text("g"), name, text("e")));
      assertThatThrownBy(() -> archives.unpack(archive))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(
              "sub-01.zip: the name of a file must be a relative path that stays in its folder; \""
                  + name);
      assertThat(folder.resolve("evil")).doesNotExist();
      assertThat(folder.resolve("d/good")).doesNotExist();
    }
  }

  @Test
  void whatGrowsOutOfProportionIsRefused() throws Exception {
    Path archive = zip(entries("zeros", new byte[70 << 20]));
    assertThatThrownBy(() -> archives.unpack(archive))
        .isInstanceOf(InputException.class)
        .hasMessageMatching(
            "sub-01.zip: would grow from [\\d.]+ kB to 73.4 MB, more than 100 times; nothing was"
                + " unpacked, look at it with care");
    assertThat(folder.resolve("d/zeros")).doesNotExist();
  }

  @Test
  void whatGrowsBeyondWhatItSaysIsRefused() throws Exception {
    Path archive = zip(entries("a", new byte[100_000]));
    inTheList(archive, 24, 1000); // the size when unpacked
    assertThatThrownBy(() -> archives.unpack(archive))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "sub-01.zip: \"a\" is not what the archive's own list says; the archive is damaged,"
                + " fetch it again");
    assertThat(folder.resolve("d")).isDirectoryNotContaining(path -> !path.equals(archive));
  }

  @Test
  void aDamagedEntryIsNotKept() throws Exception {
    Path archive = zip(entries("a", text("abc")));
    inTheList(archive, 16, 12345); // the checksum
    assertThatThrownBy(() -> archives.unpack(archive))
        .hasMessageStartingWith("sub-01.zip: \"a\" is not what the archive's own list says; ");
    assertThat(folder.resolve("d/a")).doesNotExist();
  }

  @Test
  void whatIsNoArchiveIsRefused() throws Exception {
    Path archive = zip(entries("a", text("abc")));
    Files.write(archive, java.util.Arrays.copyOf(Files.readAllBytes(archive), 60));
    assertThatThrownBy(() -> archives.unpack(archive))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("sub-01.zip: is a damaged ZIP archive: ");
  }

  @Test
  void anEncryptedArchiveIsSaidToBeOne() throws Exception {
    Path archive = zip(entries("a", text("abc")));
    inTheList(archive, 6, 0x0001_0014); // version needed and, above it, the flags
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(archive)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putShort(6, (short) 1);
    Files.write(archive, bytes.array());
    assertThatThrownBy(() -> archives.unpack(archive))
        .isInstanceOf(UnsupportedInputException.class)
        .hasMessage(
            "sub-01.zip: is encrypted; unpack it with the password that its publisher gives");
  }

  @Test
  void thereAreLimits() throws Exception {
    Path archive = zip(entries("a", text("a"), "b", text("b"), "c", text("c")));
    assertThatThrownBy(() -> new Archives(false, 2, place -> Long.MAX_VALUE).unpack(archive))
        .isInstanceOf(InputException.class)
        .hasMessage("sub-01.zip: has 3 entries, more than 2; nothing was unpacked");
    assertThatThrownBy(() -> new Archives(false, 9, place -> 2).unpack(archive))
        .isInstanceOf(UnavailableException.class);
    assertThat(folder.resolve("d/a")).doesNotExist();
  }

  @Test
  void aFetchUnpacksWhenAsked() throws Exception {
    byte[] archive = Files.readAllBytes(zip(entries("sub-01/a.npy", text("a"))));
    try (FakePublisher publisher = new FakePublisher()) {
      publisher.on("/z", FakePublisher.content(archive, ""));
      DatasetCard card =
          Fetching.files(
              Fetching.file("sub-01.zip", publisher.address("/z"), ""),
              Fetching.file("x.ZIP", publisher.address("/z"), ""));
      Fetching fetching = new Fetching();
      Path out = folder.resolve("out");
      fetching.fetch(card, out);
      assertThat(out.resolve("sub-01")).doesNotExist();
      fetching.options = FetchOptions.DEFAULTS.withUnpack(true);
      FetchResult result = fetching.fetch(card, out);
      assertThat(out.resolve("sub-01/a.npy")).hasContent("a");
      assertThat(result.files()).extracting(FetchedFile::unpacked).containsExactly(1, 1);
      assertThat(Files.readString(out.resolve("dataset.json"))).contains("\"unpackedFiles\" : 1");
    }
  }
}
