import java.nio.file.Path;
import java.util.Random;
import org.efferent.generation.Generator;
import org.efferent.generation.GeneratorConfig;
import org.efferent.generation.Generators;
import org.efferent.generation.Picture;

/**
 * Draws a picture with the small generator that comes with Efferent.
 *
 * <p>Arguments: configs/generators/shapes.yaml
 */
public final class GeneratePicture {
  private GeneratePicture() {}

  public static void main(String[] args) {
    Path file = Path.of(args[0]);
    GeneratorConfig config = GeneratorConfig.read(file);
    // Its graphs lie beside the configuration; one thread.
    try (Generator generator = Generators.open(config, file.toAbsolutePath().getParent(), 1)) {
      Random random = new Random(1);
      float[] latent = new float[generator.width()];
      for (int i = 0; i < latent.length; i++) {
        latent[i] = (float) random.nextGaussian();
      }
      generator.check(latent);
      Picture picture = generator.generate(latent, 0);
      picture.with("made by", "an example").writePng(Path.of("picture.png"), true);
      System.out.printf(
          "%d x %d pixels, %s%n",
          picture.image().getWidth(), picture.image().getHeight(), picture.provenance().keySet());
    }
  }
}
