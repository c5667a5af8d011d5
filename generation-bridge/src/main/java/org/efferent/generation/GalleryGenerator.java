package org.efferent.generation;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.efferent.core.InputException;
import org.efferent.data.InputFiles;
import org.efferent.data.Tensor;
import org.efferent.data.npy.Npy;

/** Shows the nearest picture of a {@link GeneratorConfig.Gallery}; read when it is shown. */
final class GalleryGenerator implements Generator {
  private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg", ".bmp", ".gif");

  private final GeneratorConfig config;
  private final List<Path> files;
  private final NearestPicture nearest;
  private final Map<String, String> provenance;

  private GalleryGenerator(
      GeneratorConfig config,
      List<Path> files,
      NearestPicture nearest,
      Map<String, String> provenance) {
    this.config = config;
    this.files = files;
    this.nearest = nearest;
    this.provenance = Map.copyOf(provenance);
  }

  /**
   * Opens a gallery.
   *
   * @param config the configuration
   * @param gallery the part of it that says where
   * @param models folder that its files are relative to
   * @param provenance words for every picture
   * @throws InputException if a file is missing, an embedding is none, or there are not as many
   *     pictures as embeddings
   */
  static GalleryGenerator open(
      GeneratorConfig config,
      GeneratorConfig.Gallery gallery,
      Path models,
      Map<String, String> provenance) {
    Path file = ModelFiles.resolve(gallery.embeddings(), models);
    Tensor rows = Npy.read(file);
    long[] shape = rows.shape();
    int width = config.latent().width();
    if (shape.length != 2 || shape[0] < 1 || shape[1] != width) {
      throw new InputException(
          "%s: %s must be [pictures × %d], as %s says; shape=%s"
              .formatted(
                  gallery.embeddings().place(),
                  InputFiles.name(file),
                  width,
                  config.latent().place(),
                  Arrays.toString(shape)));
    }
    List<Path> files = files(gallery.pictures(), ModelFiles.resolve(gallery.pictures(), models));
    if (files.size() != shape[0]) {
      throw new InputException(
          "%s: a gallery has a picture for each embedding; embeddings=%d, pictures=%d"
              .formatted(gallery.pictures().place(), shape[0], files.size()));
    }
    float[] values = rows.floats();
    float[][] embeddings = new float[files.size()][];
    for (int row = 0; row < embeddings.length; row++) {
      embeddings[row] = Arrays.copyOfRange(values, row * width, (row + 1) * width);
    }
    try {
      NearestPicture nearest = new NearestPicture(embeddings, row -> picture(files.get(row)));
      return new GalleryGenerator(config, files, nearest, provenance);
    } catch (InputException e) {
      throw new InputException(gallery.embeddings().place() + ": " + e.getMessage(), e);
    }
  }

  /** Pictures of a folder by name, or those that a text file names, relative to itself. */
  private static List<Path> files(GeneratorConfig.Named name, Path place) {
    if (!Files.isDirectory(place)) {
      ModelFiles.check(name, place);
    }
    List<Path> files = new ArrayList<>();
    try {
      if (Files.isDirectory(place)) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(place)) {
          for (Path entry : entries) {
            String its = InputFiles.name(entry).toLowerCase(Locale.ROOT);
            if (ENDINGS.stream().anyMatch(its::endsWith)) {
              files.add(entry);
            }
          }
        }
        Collections.sort(files);
        return files;
      }
      for (String line : Files.readAllLines(place)) {
        if (!line.isBlank()) {
          files.add(place.resolveSibling(line.strip()));
        }
      }
    } catch (IOException e) {
      throw new InputException(name.place() + ": " + InputFiles.failed(place, e).getMessage(), e);
    }
    for (Path file : files) {
      ModelFiles.check(name, file);
    }
    return files;
  }

  private static BufferedImage picture(Path file) {
    InputFiles.check(file);
    try {
      BufferedImage image = ImageIO.read(file.toFile());
      if (image != null) {
        return image;
      }
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new InputException(
          "%s: is damaged, or no picture: %s".formatted(InputFiles.name(file), e.getMessage()), e);
    }
    throw new InputException(InputFiles.name(file) + ": is no PNG, JPEG, BMP or GIF");
  }

  @Override
  public String name() {
    return config.name();
  }

  @Override
  public int width() {
    return config.latent().width();
  }

  @Override
  public void check(float[] embedding) {
    Embeddings.check(config.name(), config.latent(), embedding);
    for (float value : embedding) {
      if (value != 0) {
        return;
      }
    }
    throw new InputException("an embedding must not be zero: it points nowhere");
  }

  @Override
  public Picture generate(float[] embedding, long seed) {
    check(embedding);
    NearestPicture.Choice choice = nearest.choose(embedding);
    Path file = files.get(choice.row());
    Map<String, String> words = new LinkedHashMap<>();
    words.put("Generator", config.name());
    words.putAll(provenance);
    words.put("Nearest", "row %d, %s".formatted(choice.row(), InputFiles.name(file)));
    words.put("Cosine", String.format(Locale.ROOT, "%.4f", choice.cosine()));
    return new Picture(picture(file), words);
  }

  @Override
  public void close() {}
}
