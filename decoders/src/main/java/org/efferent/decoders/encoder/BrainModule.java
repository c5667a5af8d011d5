package org.efferent.decoders.encoder;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.WeightSpec;
import org.efferent.decoders.nn.Weights;

/**
 * The brain module of speech decoding: M/EEG to one embedding a sample (Défossez, Caucheteux,
 * Rapin, Kabeli, King: Decoding speech perception from non-invasive brain recordings, Nature
 * Machine Intelligence 2023).
 *
 * <table>
 *   <caption>Published size, T samples at 120 Hz</caption>
 *   <tr><th>block</th><th>output</th></tr>
 *   <tr><td>spatial attention, 32 frequencies an axis</td><td>270 × T</td></tr>
 *   <tr><td>channel mix</td><td>270 × T</td></tr>
 *   <tr><td>subject layer</td><td>270 × T</td></tr>
 *   <tr><td>10 convolutions, kernel 3, dilations 1 2 4 8 16 twice, a gate after every second</td><td>320 × T</td></tr>
 *   <tr><td>two pointwise layers</td><td>1024 × T</td></tr>
 * </table>
 */
public final class BrainModule implements Encoder {
  /** Its name in files. */
  public static final String ARCHITECTURE = "brain-module";

  private static final String PREFIX = "encoders.meg";

  private final Backbone backbone;

  BrainModule(Backbone backbone) {
    this.backbone = backbone;
  }

  /**
   * A brain module.
   *
   * @param inputChannels sensors
   * @param outputDim numbers of an embedding
   * @param attention over positions; null for none
   * @param mix of channels; null for none
   * @param subject layer; null for none
   * @param stack the convolutions
   * @param head what follows
   */
  @SuppressWarnings("TooManyParameters") // They are the rows of the table.
  public BrainModule(
      int inputChannels,
      int outputDim,
      SpatialAttention attention,
      ChannelMix mix,
      SubjectLayer subject,
      ConvStack stack,
      Head head) {
    this(new Backbone(inputChannels, attention, mix, subject, stack, head, outputDim, PREFIX));
  }

  /**
   * The published size.
   *
   * @param inputChannels sensors
   * @param subjects subjects
   * @param outputDim numbers of an embedding; 1024 as published
   * @return 7,596,754 + 72,900 a subject parameters for 1024
   */
  public static BrainModule published(int inputChannels, int subjects, int outputDim) {
    return new BrainModule(
        inputChannels,
        outputDim,
        new SpatialAttention(270, 2, 32, 0.2, 0.2),
        new ChannelMix(270, 270, 1, false),
        new SubjectLayer(subjects, 270, 270, false, -1),
        new ConvStack(270, 320, 10, 3, 2, 5, true, Activation.GELU, true, 2, 1, Context.CENTRED, 0),
        Head.TWO_LAYER);
  }

  static BrainModule of(OptionReader in) {
    int inputChannels = in.whole("inputChannels");
    int outputDim = in.whole("outputDim");
    Backbone backbone = Backbone.of(in, inputChannels, outputDim, PREFIX, Head.TWO_LAYER);
    in.end();
    return new BrainModule(backbone);
  }

  /** The same with convolutions that look ahead otherwise; its weights fit as they are. */
  public BrainModule with(Context context) {
    return new BrainModule(backbone.with(context));
  }

  /** Its blocks. */
  Backbone backbone() {
    return backbone;
  }

  /** Samples that an embedding looks ahead. */
  public int lookAhead() {
    return backbone.stack().lookAhead();
  }

  /** Samples that an embedding depends on. */
  public int receptiveField() {
    return backbone.stack().receptiveField();
  }

  @Override
  public String architecture() {
    return ARCHITECTURE;
  }

  @Override
  public Map<String, Object> options() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("inputChannels", backbone.inputChannels());
    out.put("outputDim", backbone.outputs());
    out.putAll(backbone.options());
    out.put("context", backbone.stack().context().word());
    return out;
  }

  @Override
  public List<WeightSpec> weights() {
    return backbone.weights();
  }

  @Override
  public int channels() {
    return backbone.inputChannels();
  }

  @Override
  public int time() {
    return 0;
  }

  @Override
  public int subjects() {
    return backbone.subject() == null ? 0 : backbone.subject().subjects();
  }

  @Override
  public boolean needsLayout() {
    return backbone.attention() != null;
  }

  @Override
  public NDArray encode(Weights weights, Batch batch, Pass pass) {
    check(batch);
    return backbone.apply(weights, batch, pass);
  }

  /**
   * The module taken apart for a stream: its matrices, and what acts on each frame alone. Frames
   * are rows.
   *
   * @param weights of the module
   * @param layout positions of the sensors; null where the module attends to none
   * @param subject whose signals they are
   * @return its parts; they own arrays
   */
  public Streamed streamed(Weights weights, SensorLayout layout, int subject) {
    return weights.compute().step(() -> Streamed.of(backbone, weights, layout, subject));
  }
}
