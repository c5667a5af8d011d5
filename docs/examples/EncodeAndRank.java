import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.core.Estimate;
import org.efferent.core.MemoryRecording;
import org.efferent.core.Offline;
import org.efferent.core.Pipeline;
import org.efferent.core.StreamInfo;
import org.efferent.decoders.dataset.Split;
import org.efferent.decoders.dataset.WindowDataset;
import org.efferent.decoders.encoder.EncoderInput;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.ComputeOptions;
import org.efferent.decoders.nn.Weights;
import org.efferent.decoders.stream.WindowDecoder;
import org.efferent.decoders.train.EncoderFile;
import org.efferent.retrieval.index.EmbeddingSource;
import org.efferent.retrieval.index.Entries;
import org.efferent.retrieval.index.ExactIndex;
import org.efferent.retrieval.index.Filter;
import org.efferent.retrieval.index.Hits;
import org.efferent.retrieval.index.Metadata;
import org.efferent.retrieval.index.Metric;

/**
 * Encodes the test windows of a data set with a trained encoder and ranks the test images.
 *
 * <p>Arguments: trained/encoder.safetensors trained/data
 */
public final class EncodeAndRank {
  private EncodeAndRank() {}

  public static void main(String[] args) {
    EncoderFile file = EncoderFile.read(Path.of(args[0]));
    try (Compute compute = Compute.open(ComputeOptions.DEFAULTS);
        Weights weights = file.on(compute);
        WindowDataset data = WindowDataset.open(Path.of(args[1]))) {
      EncoderInput input = file.input();
      WindowDecoder decoder = new WindowDecoder(file.encoder(), weights, input, null, 0);
      int[] test = data.indices(Split.TEST);
      Path index = gallery(data, test);
      int right = 0;
      try (ExactIndex images = ExactIndex.open(index, 1)) {
        for (int example : test) {
          Hits hits = images.search(encode(data, example, decoder), 1, 1, Filter.ALL);
          String best = hits.ids(0).get(0);
          right += best.equals(data.example(example).stimulus()) ? 1 : 0;
        }
        System.out.printf(
            "top-1 %.3f of %d images, chance %.3f%n",
            (double) right / test.length, images.size(), 1.0 / images.size());
      }
    }
  }

  /** A window through the same pipeline that would run live. */
  private static float[] encode(WindowDataset data, int example, WindowDecoder decoder) {
    float[] window = new float[data.channels() * data.time()]; // [channels x time]
    data.read(new int[] {example}, 1, window);
    double[] rows = new double[window.length]; // [time x channels]
    for (int i = 0; i < rows.length; i++) {
      rows[i % data.time() * data.channels() + i / data.time()] = window[i];
    }
    StreamInfo info = StreamInfo.of("Window", "EEG", data.rateHz(), data.channels());
    MemoryRecording recording =
        new MemoryRecording(info, new double[data.time()], rows, List.of());
    Pipeline<Estimate.Embedding> pipeline =
        new Pipeline<>(List.of(), data.time(), data.time(), decoder);
    return Offline.run(recording, pipeline).get(0).values();
  }

  /** An index of the embeddings of the test images, each once. */
  private static Path gallery(WindowDataset data, int[] test) {
    Map<String, float[]> images = new LinkedHashMap<>();
    int width = Math.toIntExact(data.targets().get("image")[0]);
    for (int example : test) {
      float[] target = new float[width];
      data.readTarget("image", new int[] {data.example(example).target()}, 1, target);
      images.put(data.example(example).stimulus(), target);
    }
    float[] all = new float[images.size() * width];
    int row = 0;
    for (float[] image : images.values()) {
      System.arraycopy(image, 0, all, width * row++, width);
    }
    Path index = Path.of("images.index");
    List<String> names = List.copyOf(images.keySet());
    Entries entries = new Entries(EmbeddingSource.of(all, width), names, Metadata.NONE);
    ExactIndex.write(index, entries, Metric.COSINE, true);
    return index;
  }
}
