package org.efferent.viz.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Random;
import org.efferent.core.ChannelInfo;
import org.efferent.core.SensorPosition;
import org.efferent.core.StreamInfo;
import org.efferent.viz.dashboard.QualitySnapshot.Channel;
import org.efferent.viz.dashboard.QualitySnapshot.State;
import org.junit.jupiter.api.Test;

final class QualityModelTest {
  private static final double RATE = 1_000;

  @Test
  void everyFaultIsNamed() {
    StreamInfo info = Streams.info(RATE, 6);
    QualityModel model = new QualityModel(info);
    Random random = new Random(1);
    model.feed(
        Streams.rows(
            info,
            0,
            1_000,
            (r, c) -> {
              double noise = 10 * random.nextGaussian();
              return switch (c) {
                case 1 -> 5;
                case 2 -> Math.max(-8, Math.min(8, 40 * Math.sin(r * 0.01) + noise));
                case 3 -> r % 10 == 0 ? Double.NaN : noise;
                case 4 -> 100 * Math.sin(2 * Math.PI * 50 * r / RATE) + noise;
                case 5 -> r % 100 < 50 ? 0 : 1; // a trigger is stuck by nature
                default -> noise;
              };
            }));
    QualitySnapshot s = model.snapshot();
    assertThat(s.channels())
        .extracting(Channel::state)
        .containsExactly(
            State.GOOD, State.FLAT, State.SATURATED, State.MISSING, State.LINE, State.GOOD);
    assertThat(s.channels().get(0).amplitude()).isCloseTo(10, offset(1.0));
    assertThat(s.channels().get(4).lineShare()).isBetween(0.9, 1.0);
    assertThat(s.channels().get(3).missingShare()).isCloseTo(0.1, offset(1e-9));
    assertThat(s.count(State.GOOD)).isEqualTo(2);
  }

  @Test
  void aChannelMuchLargerThanTheOthersIsNoisy() {
    StreamInfo info = Streams.info(RATE, 5);
    QualityModel model = new QualityModel(info);
    Random random = new Random(2);
    model.feed(Streams.rows(info, 0, 1_000, (r, c) -> (c == 2 ? 80 : 10) * random.nextGaussian()));
    assertThat(model.snapshot().channels())
        .extracting(Channel::state)
        .containsExactly(State.GOOD, State.GOOD, State.NOISY, State.GOOD, State.GOOD);
  }

  @Test
  void beforeAWholeSecondNothingIsSaid() {
    StreamInfo info = Streams.info(RATE, 1);
    QualityModel model = new QualityModel(info);
    model.feed(Streams.rows(info, 0, 999, (r, c) -> r));
    assertThat(model.snapshot().channels()).isEmpty();
  }

  @Test
  void positionsGoOnTheHead() {
    assertThat(place(0, 0, 0.1)).containsExactly(0, 0);
    assertThat(place(0.1, 0, 0)).containsExactly(new double[] {1, 0}, offset(1e-12));
    assertThat(place(0, 0.07, 0.07)).containsExactly(new double[] {0, 0.5}, offset(1e-12));
    assertThat(QualityModel.place(new ChannelInfo("x", "", ""))[0]).isNaN();
  }

  private static double[] place(double x, double y, double z) {
    return QualityModel.place(
        new ChannelInfo("x", "", "").at(new SensorPosition(SensorPosition.Frame.HEAD, x, y, z)));
  }
}
