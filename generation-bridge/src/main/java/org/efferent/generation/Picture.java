package org.efferent.generation;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.efferent.data.AtomicFile;

/** A picture and where it came from: words by key, such as the model's hash and the seed. */
public final class Picture {
  private static final String FORMAT = "javax_imageio_png_1.0";
  private static final int LONGEST_KEY = 79;

  private final BufferedImage image;
  private final Map<String, String> provenance;

  /**
   * A picture.
   *
   * @param image its pixels; not copied
   * @param provenance words by key, kept in their order; keys of 1 to 79 characters of ASCII, as
   *     PNG has them
   */
  public Picture(BufferedImage image, Map<String, String> provenance) {
    this.image = Objects.requireNonNull(image, "image");
    this.provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    for (String key : this.provenance.keySet()) {
      if (key.isBlank()
          || key.length() > LONGEST_KEY
          || !StandardCharsets.US_ASCII.newEncoder().canEncode(key)) {
        throw new IllegalArgumentException(
            "a key must have 1 to %d characters of ASCII; key='%s'".formatted(LONGEST_KEY, key));
      }
    }
  }

  /** The pixels themselves. */
  public BufferedImage image() {
    return image;
  }

  /** Where it came from. */
  public Map<String, String> provenance() {
    return provenance;
  }

  /**
   * The same pixels with one more word about where they came from.
   *
   * @param key a new key, or one to be replaced
   * @param value the word
   * @return a picture that shares these pixels
   */
  public Picture with(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(provenance);
    more.put(key, value);
    return new Picture(image, more);
  }

  /**
   * Writes it as PNG, whole or not at all, its provenance as text chunks: {@code tEXt}, or {@code
   * iTXt} for words that Latin-1 does not have (PNG, third edition, 11.3.3).
   *
   * @param file where it goes
   * @param overwrite whether an existing file may be replaced
   * @throws org.efferent.core.UsageException if the file exists and may not be replaced, or the
   *     place refuses it
   */
  public void writePng(Path file, boolean overwrite) {
    AtomicFile.write(file, overwrite, out -> out.write(png()));
  }

  private byte[] png() throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      IIOMetadata metadata =
          writer.getDefaultImageMetadata(
              ImageTypeSpecifier.createFromRenderedImage(image), writer.getDefaultWriteParam());
      metadata.mergeTree(FORMAT, texts());
      writer.setOutput(out);
      writer.write(new IIOImage(image, null, metadata));
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private IIOMetadataNode texts() {
    Charset latin = StandardCharsets.ISO_8859_1;
    IIOMetadataNode plain = new IIOMetadataNode("tEXt");
    IIOMetadataNode wide = new IIOMetadataNode("iTXt");
    provenance.forEach(
        (key, value) -> {
          boolean fits = latin.newEncoder().canEncode(value);
          IIOMetadataNode entry = new IIOMetadataNode(fits ? "tEXtEntry" : "iTXtEntry");
          entry.setAttribute("keyword", key);
          if (fits) {
            entry.setAttribute("value", value);
          } else {
            entry.setAttribute("compressionFlag", "FALSE");
            entry.setAttribute("compressionMethod", "0");
            entry.setAttribute("languageTag", "");
            entry.setAttribute("translatedKeyword", "");
            entry.setAttribute("text", value);
          }
          (fits ? plain : wide).appendChild(entry);
        });
    IIOMetadataNode root = new IIOMetadataNode(FORMAT);
    for (IIOMetadataNode node : new IIOMetadataNode[] {wide, plain}) {
      if (node.hasChildNodes()) {
        root.appendChild(node);
      }
    }
    return root;
  }
}
