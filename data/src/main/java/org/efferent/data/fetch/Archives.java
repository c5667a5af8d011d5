package org.efferent.data.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.core.UsageException;
import org.efferent.data.InputFiles;

/**
 * Unpacks ZIP archives into the folder that they lie in. No entry leaves that folder, none grows
 * beyond what it says, and an archive that would grow out of all proportion is refused before a
 * byte is written.
 */
final class Archives {
  /** Recordings shrink to a half or a third, text to a tenth; whatever grows more is a bomb. */
  private static final long MOST_GROWTH = 100;

  /** Archives that stay below this may grow as they like. */
  private static final long HARMLESS = 64L << 20;

  private final boolean overwrite;
  private final int mostFiles;
  private final FreeSpace freeSpace;

  Archives(boolean overwrite, int mostFiles, FreeSpace freeSpace) {
    this.overwrite = overwrite;
    this.mostFiles = mostFiles;
    this.freeSpace = freeSpace;
  }

  static boolean isArchive(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".zip");
  }

  /**
   * Unpacks an archive beside itself. Files that are there already, with the right size and
   * checksum, stay.
   *
   * @param archive the archive
   * @return how many files it has
   * @throws InputException if it is damaged, hostile or out of all proportion
   * @throws UnsupportedInputException if it is encrypted
   */
  int unpack(Path archive) throws InterruptedException {
    String name = InputFiles.name(archive);
    Path folder = archive.toAbsolutePath().getParent();
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      List<ZipEntry> entries = check(zip, archive, folder);
      for (ZipEntry entry : entries) {
        if (Thread.interrupted()) {
          throw new InterruptedException("stopped while " + name + " was unpacked");
        }
        Path target = RemotePath.resolve(folder, entry.getName(), name);
        if (!there(target, entry)) {
          extract(zip, entry, target, name);
        }
      }
      return entries.size();
    } catch (ZipException e) {
      if (String.valueOf(e.getMessage()).contains("encrypted")) {
        throw new UnsupportedInputException(
            name + ": is encrypted; unpack it with the password that its publisher gives", e);
      }
      throw new InputException(
          "%s: is a damaged ZIP archive: %s; fetch it again".formatted(name, e.getMessage()), e);
    } catch (IOException e) {
      throw Disk.error(archive, e);
    }
  }

  /** Looks at all names and sizes before anything is written. */
  private List<ZipEntry> check(ZipFile zip, Path archive, Path folder) throws IOException {
    String name = InputFiles.name(archive);
    if (zip.size() > mostFiles) {
      throw new InputException(
          "%s: has %d entries, more than %d; nothing was unpacked"
              .formatted(name, zip.size(), mostFiles));
    }
    List<ZipEntry> files = new ArrayList<>();
    long total = 0;
    Enumeration<? extends ZipEntry> entries = zip.entries();
    while (entries.hasMoreElements()) {
      ZipEntry entry = entries.nextElement();
      if (entry.isDirectory()) {
        continue;
      }
      RemotePath.resolve(folder, entry.getName(), name);
      if (entry.getSize() < 0 || total > Long.MAX_VALUE - entry.getSize()) {
        throw new InputException(
            "%s: \"%s\" does not say how large it is; nothing was unpacked"
                .formatted(name, Shown.of(entry.getName())));
      }
      total += entry.getSize();
      files.add(entry);
    }
    long packed = Files.size(archive);
    if (total > HARMLESS && total / MOST_GROWTH > packed) {
      throw new InputException(
          "%s: would grow from %s to %s, more than %d times; nothing was unpacked, look at it with care"
              .formatted(name, ByteCount.shown(packed), ByteCount.shown(total), MOST_GROWTH));
    }
    Room.check(freeSpace, folder, total);
    return files;
  }

  private boolean there(Path target, ZipEntry entry) throws IOException {
    if (!Files.exists(target)) {
      return false;
    }
    if (Files.isRegularFile(target)
        && Files.size(target) == entry.getSize()
        && crc(target) == entry.getCrc()) {
      return true;
    }
    if (overwrite && Files.isRegularFile(target)) {
      return false;
    }
    throw new UsageException(
        "%s: is there already with another content than the archive's; move it away, or give --force to replace it"
            .formatted(target));
  }

  private static long crc(Path file) throws IOException {
    CRC32 crc = new CRC32();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        crc.update(buffer, 0, n);
      }
    }
    return crc.getValue();
  }

  private static void extract(ZipFile zip, ZipEntry entry, Path target, String archive)
      throws IOException {
    Files.createDirectories(target.getParent());
    Path part = target.resolveSibling(InputFiles.name(target) + RemotePath.PART);
    CRC32 crc = new CRC32();
    long written = 0;
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = zip.getInputStream(entry);
        OutputStream out = Files.newOutputStream(part)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        written += n;
        if (written > entry.getSize()) {
          break;
        }
        crc.update(buffer, 0, n);
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw e;
    }
    if (written != entry.getSize() || crc.getValue() != entry.getCrc()) {
      Files.deleteIfExists(part);
      throw new InputException(
          "%s: \"%s\" is not what the archive's own list says; the archive is damaged, fetch it again"
              .formatted(archive, Shown.of(entry.getName())));
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
