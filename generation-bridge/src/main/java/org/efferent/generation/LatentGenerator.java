package org.efferent.generation;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.efferent.core.InputException;
import org.efferent.data.onnx.Onnx;

/** A network from embeddings or latents to pictures, and perhaps one back. */
final class LatentGenerator implements Generator {
  private final GeneratorConfig config;
  private final Network decoder;
  private final Network encoder;
  private final Map<String, String> provenance;

  /** A generator that owns its networks; {@code encoder} may be null. */
  LatentGenerator(
      GeneratorConfig config, Network decoder, Network encoder, Map<String, String> provenance) {
    this.config = config;
    this.decoder = decoder;
    this.encoder = encoder;
    this.provenance = Map.copyOf(provenance);
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
  public Picture generate(float[] embedding, long seed) {
    check(embedding);
    GeneratorConfig.Latent latent = config.latent();
    float[] scaled = new float[embedding.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (embedding[i] / latent.scale() + latent.shift());
    }
    List<Values> made = decoder.run(scaled, GraphNetwork.batchOfOne(latent.shape()), seed);
    BufferedImage image;
    try {
      image = Planes.sum(made).picture(config.low(), config.high());
    } catch (InputException e) {
      throw new InputException("%s: %s".formatted(config.name(), e.getMessage()), e);
    }
    Map<String, String> words = new LinkedHashMap<>();
    words.put("Generator", config.name());
    words.putAll(new TreeMap<>(provenance));
    if (decoder.draws()) {
      words.put("Seed", Long.toString(seed));
    }
    return new Picture(image, words);
  }

  @Override
  public void check(float[] embedding) {
    Embeddings.check(config.name(), config.latent(), embedding);
  }

  @Override
  public Optional<PictureEncoder> encoder() {
    return encoder == null ? Optional.empty() : Optional.of(this::encode);
  }

  private float[] encode(BufferedImage picture) {
    float[] planes = Planes.of(picture, config.low(), config.high());
    Values given =
        encoder.run(planes, new long[] {1, 3, picture.getHeight(), picture.getWidth()}, 0).get(0);
    GeneratorConfig.Latent latent = config.latent();
    long[] wanted = GraphNetwork.batchOfOne(latent.shape());
    if (!Arrays.equals(given.shape(), wanted)) {
      throw new InputException(
          "%s is %s, but a picture of %d × %d pixels is encoded to %s"
              .formatted(
                  latent.place(),
                  Onnx.shown(wanted),
                  picture.getWidth(),
                  picture.getHeight(),
                  Onnx.shown(given.shape())));
    }
    float[] values = given.floats().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((values[i] - latent.shift()) * latent.scale());
    }
    return values;
  }

  @Override
  public void close() {
    decoder.close();
    if (encoder != null) {
      encoder.close();
    }
  }
}
