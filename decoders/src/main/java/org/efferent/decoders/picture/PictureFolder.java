package org.efferent.decoders.picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.decoders.target.ImageSquare;

/**
 * The pictures of a folder, the squares in their middles, in memory; every tenth is held out for
 * validation.
 */
public final class PictureFolder implements PictureSource {
  private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg", ".bmp", ".gif");
  private static final long LARGEST = 1L << 30;
  private static final int HELD_OUT = 10;

  private final List<byte[]> train = new ArrayList<>();
  private final List<byte[]> validation = new ArrayList<>();

  /**
   * Reads a folder.
   *
   * @param folder with at least two PNG, JPEG, BMP or GIF files; in the order of their names
   * @param side pixels of the squares
   * @throws InputException if it is no folder, has too few pictures, or one cannot be read
   */
  public PictureFolder(Path folder, int side) {
    List<Path> files = files(folder);
    if (files.size() < 2) {
      throw new InputException(
          "%s: must hold two pictures at least, PNG, JPEG, BMP or GIF; pictures=%d"
              .formatted(folder, files.size()));
    }
    if (files.size() * 3L * side * side > LARGEST) {
      throw new UnsupportedInputException(
          "%s: up to 1 GB of scaled pictures is held in memory; pictures=%d, side=%d"
              .formatted(folder, files.size(), side));
    }
    for (int i = 0; i < files.size(); i++) {
      BufferedImage square = ImageSquare.middle(files.get(i), side);
      byte[] planes = new byte[3 * side * side];
      for (int at = 0; at < side * side; at++) {
        int rgb = square.getRGB(at % side, at / side);
        for (int c = 0; c < 3; c++) {
          planes[c * side * side + at] = (byte) (rgb >> (8 * (2 - c)));
        }
      }
      boolean held = files.size() < HELD_OUT ? i == files.size() - 1 : i % HELD_OUT == HELD_OUT - 1;
      (held ? validation : train).add(planes);
    }
  }

  /**
   * Pictures in a folder.
   *
   * @param folder where
   * @return its files with the endings of pictures, by name
   * @throws InputException if it is no folder
   */
  public static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InputException(folder + ": is no folder");
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(
              file -> {
                String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
                return ENDINGS.stream().anyMatch(name::endsWith) && Files.isRegularFile(file);
              })
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new InputException(folder + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** Pictures to train on. */
  public int training() {
    return train.size();
  }

  /** Pictures that are held out. */
  public int validation() {
    return validation.size();
  }

  @Override
  public void draw(long number, float[] into, int offset) {
    List<byte[]> from = number < 0 ? validation : train;
    byte[] planes = from.get((int) ((number < 0 ? -1 - number : number) % from.size()));
    for (int i = 0; i < planes.length; i++) {
      into[offset + i] = (planes[i] & 0xFF) / 255f;
    }
  }
}
