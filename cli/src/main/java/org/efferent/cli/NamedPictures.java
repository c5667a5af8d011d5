package org.efferent.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;
import org.efferent.core.UsageException;

/** Pictures in a folder by what they are called, read when they are first asked for. */
final class NamedPictures {
  private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg");

  private final Path folder;
  private final UnaryOperator<BufferedImage> made;
  private final Map<String, BufferedImage> loaded = new HashMap<>();

  /**
   * Pictures of a folder.
   *
   * @param folder with NAME.png, NAME.jpg or NAME.jpeg; null for no pictures
   * @param made what is done to each once, such as making it small
   * @throws UsageException if it is no folder
   */
  NamedPictures(Path folder, UnaryOperator<BufferedImage> made) {
    if (folder != null && !Files.isDirectory(folder)) {
      throw new UsageException("--pictures must be a folder; pictures=" + folder);
    }
    this.folder = folder;
    this.made = made;
  }

  /** The picture of a name; null where there is none, or none that can be read. */
  BufferedImage get(String name) {
    if (folder == null) {
      return null;
    }
    if (!loaded.containsKey(name)) {
      loaded.put(name, load(name));
    }
    return loaded.get(name);
  }

  private BufferedImage load(String name) {
    for (String ending : ENDINGS) {
      Path file = folder.resolve(name + ending).normalize();
      if (file.startsWith(folder.normalize()) && Files.isRegularFile(file)) {
        try {
          BufferedImage read = ImageIO.read(file.toFile());
          return read == null ? null : made.apply(read);
        } catch (IOException e) {
          return null; // the name is shown in its place
        }
      }
    }
    return null;
  }
}
