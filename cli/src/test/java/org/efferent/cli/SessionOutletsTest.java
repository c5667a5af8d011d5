package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.efferent.acquisition.lsl.InletOptions;
import org.efferent.acquisition.lsl.JavaLsl;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.acquisition.lsl.LslConfig;
import org.efferent.acquisition.lsl.LslResolver;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.acquisition.lsl.StreamInlet;
import org.efferent.core.ChannelInfo;
import org.efferent.core.StreamInfo;
import org.efferent.filters.session.SessionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SessionOutletsTest {
  private static final Duration WAIT = Duration.ofSeconds(20);

  /** Whatever it was before: a follower holds the last sample that it has. */
  @Test
  void theLastSampleIsVelocityZeroAndSaysHowItEnded() throws InterruptedException {
    Lsl lsl = new JavaLsl(LslConfig.LOOPBACK);
    try (SessionOutlets outlets = new SessionOutlets(lsl, "CursorEnd", 0.02)) {
      String id = outlets.infos().get(0).sourceId();
      LslStreamInfo found = lsl.resolve(LslResolver.property("source_id", id), 1, WAIT).get(0);
      StreamInfo info = lsl.fullInfo(found).toStreamInfo();
      List<String> labels = info.channels().stream().map(ChannelInfo::label).toList();
      assertThat(info.channels().get(labels.indexOf("state")).unit())
          .startsWith("0 idle, 1 calibrating-open")
          .endsWith("9 fault");
      try (StreamInlet inlet = lsl.openInlet(found, InletOptions.DEFAULTS)) {
        double[] sample = new double[labels.size()];
        do {
          outlets.end(SessionState.FAULT);
        } while (Double.isNaN(inlet.pull(sample, Duration.ofMillis(50))));
        assertThat(sample[labels.indexOf("vx")]).isZero();
        assertThat(sample[labels.indexOf("vy")]).isZero();
        assertThat(sample[labels.indexOf("state")]).isEqualTo(9);
      }
    }
  }
}
