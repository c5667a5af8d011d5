package org.efferent.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.efferent.core.UsageException;
import org.efferent.data.Tensor;
import org.efferent.decoders.preprocess.SincResampler;
import org.efferent.decoders.target.AudioEncoder;
import org.efferent.decoders.target.AudioEnvelope;
import org.efferent.decoders.target.AudioFile;
import org.efferent.decoders.target.EnvelopeOptions;
import org.efferent.decoders.target.ImageEncoder;
import org.efferent.decoders.target.ImageInput;
import org.efferent.decoders.target.MelOptions;
import org.efferent.decoders.target.MelSpectrogram;
import org.efferent.decoders.target.ModelDescription;
import org.efferent.decoders.target.NearestInterpolation;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code encoder targets}: images and audio to what decoders learn to predict. */
@Command(
    name = "targets",
    description =
        "Computes targets of images or audio: embeddings of a pretrained encoder (ONNX), mel spectrograms,"
            + " envelopes.",
    footerHeading = "%nExample:%n",
    footer = {
      "  efferent encoder targets --model clip-vit-l14.yaml --onnx vision_model.onnx a.jpg --out clip.npy",
      "  efferent encoder targets --mel story.wav --rate 120 --out mel.npy",
      "  efferent encoder targets --envelope gammatone story.wav --rate 64 --out story.npy",
      "",
      "Writes [files x numbers] of images, [files x numbers x time] of audio, FILE.names.txt beside it with a",
      "name a row, and FILE.run.json. With --out FILE.safetensors the names lie inside, and each audio is a",
      "tensor of its own, so that their lengths may differ. What a description says: configs/targets/*.yaml."
    })
final class EncoderTargetsCommand implements Callable<Integer> {
  /** What is computed: one of the three. */
  static final class Kind {
    @Option(
        names = "--model",
        paramLabel = "DESCRIPTION.yaml",
        description = "A pretrained encoder, such as configs/targets/clip-vit-l14.yaml.")
    private Path model;

    @Option(
        names = "--mel",
        description = "Mel spectrograms as published: 16 kHz, 120 bands, log10, 125 Hz to --rate.")
    private boolean mel;

    @Option(
        names = "--envelope",
        paramLabel = "hilbert|rectified|gammatone|mel",
        description = "Envelopes: broadband, below 30 Hz, or of 28 bands to the power 0.6.")
    private String envelope;
  }

  @Mixin private OutputOptions output;

  @ArgGroup(multiplicity = "1")
  private Kind kind;

  @Option(
      names = "--onnx",
      paramLabel = "FILE",
      description = "The model's file; the description's, beside it, otherwise.")
  private Path onnx;

  @Parameters(arity = "1..*", paramLabel = "FILES", description = "PNG, JPEG, BMP, GIF; or WAV.")
  private List<Path> files = List.of();

  @Option(
      names = "--rate",
      paramLabel = "HZ",
      description = "Rows a second of targets of audio (default: ${DEFAULT-VALUE}).")
  private int rate = 120;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of the model; 0 for all cores (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Images at once, where the model lets (default: ${DEFAULT-VALUE}).")
  private int batch = 8;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Targets, .npy or .safetensors.")
  private Path out;

  @Option(names = "--force", description = "Replace files that exist.")
  private boolean force;

  @Override
  public Integer call() {
    check();
    List<String> names = TargetNames.of(files);
    TargetFile to = new TargetFile(out, force);
    to.refuseExisting();
    Map<String, Object> configuration = new LinkedHashMap<>();
    configuration.put("files", files.stream().map(Path::toString).toList());
    configuration.put("rate", rate);
    if (kind.model == null) {
      configuration.put(kind.mel ? "mel" : "envelope", kind.mel ? "as published" : kind.envelope);
      to.audio(names, files, this::computed);
    } else {
      ModelDescription description = ModelDescription.read(Yaml.read(kind.model));
      Path model =
          onnx != null
              ? onnx
              : kind.model.toAbsolutePath().resolveSibling(description.model()).normalize();
      configuration.put("description", kind.model.toString());
      configuration.put("model", model.toString());
      encode(description, model, names, to);
    }
    finish(to, configuration, names);
    return 0;
  }

  private void check() {
    if (rate < 1 || rate > 1000) {
      throw new UsageException("--rate must be from 1 to 1000 Hz; rate=" + rate);
    }
    if (threads < 0 || threads > 1024) {
      throw new UsageException("--threads must be from 0 to 1024; threads=" + threads);
    }
    if (batch < 1 || batch > 1024) {
      throw new UsageException("--batch must be from 1 to 1024; batch=" + batch);
    }
    if (onnx != null && kind.model == null) {
      throw new UsageException("--onnx is the file of a --model; name that too");
    }
    if (kind.envelope != null) {
      envelope();
    }
  }

  private void encode(ModelDescription description, Path model, List<String> names, TargetFile to) {
    if (description.takes() instanceof ImageInput) {
      try (ImageEncoder encoder = ImageEncoder.open(description, model, threads)) {
        to.images(names, files, encoder.batches() ? batch : 1, encoder::encode);
      }
    } else {
      try (AudioEncoder encoder = AudioEncoder.open(description, model, threads)) {
        to.audio(names, files, audio -> encoder.encode(audio.samples(), audio.rateHz(), rate));
      }
    }
  }

  /** A spectrogram or an envelope, {@code [bands × time]}. */
  private Tensor computed(AudioFile audio) {
    if (!kind.mel) {
      double[] envelope = AudioEnvelope.compute(audio.samples(), audio.rateHz(), rate, envelope());
      return Tensor.of(floats(envelope, 1, envelope.length), 1, envelope.length);
    }
    MelOptions options = MelOptions.SPEECH;
    double[] heard =
        new SincResampler(audio.rateHz(), options.sampleRateHz()).apply(audio.samples(), 1);
    double[] frames = new MelSpectrogram(options).logarithmic(heard);
    int time = Math.max(1, Math.toIntExact((long) heard.length * rate / options.sampleRateHz()));
    double[] rows = NearestInterpolation.apply(frames, options.mels(), time);
    return Tensor.of(floats(rows, options.mels(), time), options.mels(), time);
  }

  /** Turns {@code [time × bands]} to {@code [bands × time]}. */
  private static float[] floats(double[] rows, int bands, int time) {
    float[] turned = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      turned[i % bands * time + i / bands] = (float) rows[i];
    }
    return turned;
  }

  private EnvelopeOptions envelope() {
    return switch (kind.envelope.toLowerCase(Locale.ROOT)) {
      case "hilbert" -> EnvelopeOptions.BROADBAND;
      case "rectified" -> EnvelopeOptions.CAUSAL;
      case "gammatone" -> EnvelopeOptions.AUDITORY;
      case "mel" -> EnvelopeOptions.MEL;
      default ->
          throw new UsageException(
              "--envelope must be hilbert, rectified, gammatone or mel; envelope=" + kind.envelope);
    };
  }

  private void finish(TargetFile to, Map<String, Object> configuration, List<String> names) {
    RunRecord record = new RunRecord("encoder targets", configuration, 0);
    if (kind.model != null) {
      record.input(kind.model);
      record.input(Path.of((String) configuration.get("model")));
    }
    files.forEach(record::input);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("file", out.toString());
    figures.put("rows", names.size());
    figures.put("shapes", new ArrayList<>(to.shapes()));
    figures.put("names", to.namesFile().map(Path::toString).orElse(null));
    record.figures(figures);
    record.write(RunRecord.beside(out), force);
    output.text(
        "wrote %s: %d file(s), each %s",
        out,
        names.size(),
        String.join(
            " or ", to.shapes().stream().distinct().limit(3).map(String::valueOf).toList()));
    output.result(figures);
  }
}
