package org.efferent.viz.dashboard;

import org.efferent.core.Chunk;
import org.efferent.core.LatencyHistogram;
import org.efferent.core.LocalClock;
import org.efferent.core.Marker;
import org.efferent.core.StreamInfo;
import org.efferent.core.Transform;

/**
 * All models of one stream. A session feeds them from within a pipeline: {@link #raw()} is its
 * first transform, then come the filters, and {@link #shown()} is the last. Both only look.
 */
public final class DashboardModels {
  private static final int SEGMENTS = 8;
  private static final int TRAIL = 200;
  private static final int PICTURES = 9;

  private final StreamInfo info;
  private final SignalModel signals;
  private final SpectrumModel spectrum;
  private final SpectrogramModel spectrogram;
  private final QualityModel quality;
  private final EvokedModel evoked;
  private final StateModel state;
  private final HealthModel health;
  private final RankingModel ranking = new RankingModel();
  private final PicturesModel pictures;
  private final LatencyHistogram feeding = new LatencyHistogram();
  private volatile long rows;
  private volatile int selected;

  /**
   * Models that have seen nothing.
   *
   * @param info the stream
   * @param windowSeconds length of the scrolling window
   */
  public DashboardModels(StreamInfo info, double windowSeconds) {
    this.info = info;
    signals = new SignalModel(info, windowSeconds);
    spectrum = new SpectrumModel(info, SEGMENTS);
    spectrogram = new SpectrogramModel(info, 30);
    quality = new QualityModel(info);
    evoked = new EvokedModel(info, 0.2, 0.8);
    state = new StateModel(0, 1, "x", "y", TRAIL);
    health = new HealthModel(info);
    pictures = new PicturesModel(PICTURES, LocalClock.SYSTEM);
  }

  /** Looks at raw samples: the first transform of a pipeline. */
  public Transform raw() {
    return quality::feed;
  }

  /** Looks at what is shown: the last transform of a pipeline. */
  public Transform shown() {
    return this::feed;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // the pipeline's thread alone writes
  private void feed(Chunk chunk) {
    long begun = System.nanoTime();
    signals.feed(chunk);
    spectrum.feed(chunk);
    spectrogram.feed(chunk);
    evoked.feed(chunk);
    rows += chunk.rows();
    feeding.record(System.nanoTime() - begun);
  }

  /** Takes a marker, from any thread. */
  public void mark(Marker marker) {
    signals.mark(marker);
    evoked.mark(marker);
  }

  /** The channel that spectrum, spectrogram and averages show. */
  public int selected() {
    return selected;
  }

  /**
   * Lets spectrum, spectrogram and averages show a channel.
   *
   * @param channel from 0; goes round
   */
  public void select(int channel) {
    selected = Math.floorMod(channel, info.channelCount());
    spectrum.select(selected);
    spectrogram.select(selected);
    evoked.select(selected);
  }

  /** Rows that the models have seen. */
  public long rows() {
    return rows;
  }

  /** How long the models took for what came at once, a chunk each. */
  public LatencyHistogram feeding() {
    return feeding;
  }

  /** The stream. */
  public StreamInfo info() {
    return info;
  }

  /** Scrolling signals. */
  public SignalModel signals() {
    return signals;
  }

  /** Power by frequency. */
  public SpectrumModel spectrum() {
    return spectrum;
  }

  /** Power by time and frequency. */
  public SpectrogramModel spectrogram() {
    return spectrogram;
  }

  /** Channels' quality. */
  public QualityModel quality() {
    return quality;
  }

  /** Averages after markers. */
  public EvokedModel evoked() {
    return evoked;
  }

  /** The decoded state; the sink of a decoder's pipeline. */
  public StateModel state() {
    return state;
  }

  /** Latency and loss. */
  public HealthModel health() {
    return health;
  }

  /** Answers. */
  public RankingModel ranking() {
    return ranking;
  }

  /** Generated images. */
  public PicturesModel pictures() {
    return pictures;
  }
}
