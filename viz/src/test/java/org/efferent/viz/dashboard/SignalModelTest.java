package org.efferent.viz.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.efferent.core.Chunk;
import org.efferent.core.Marker;
import org.efferent.core.StreamInfo;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.Test;

final class SignalModelTest {
  private static final StreamInfo FAST = Streams.info(10_000, 3);

  private static double random(int row, int channel) {
    return new Random(31L * row + channel).nextGaussian();
  }

  @Test
  void everyColumnKeepsItsExtremes() {
    SignalModel model = new SignalModel(FAST, 4);
    for (int r = 0; r < 40_000; r += 777) {
      model.feed(Streams.rows(FAST, r, Math.min(40_000, r + 777), SignalModelTest::random));
    }
    SignalSnapshot s = model.snapshot();
    assertThat(s.columns()).isEqualTo(SignalModel.COLUMNS);
    assertThat(s.rows()).isEqualTo(40_000);
    for (int c = 0; c < 3; c++) {
      for (int column : new int[] {0, 1, 800, SignalModel.COLUMNS - 1}) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (int r = 0; r < 40_000; r++) {
          // A window of 4 s in 1600 columns: 25 rows a column.
          if ((long) Math.floor(r / 10_000.0 / (4.0 / 1600)) == column + s.firstColumn()) {
            low = Math.min(low, (float) random(r, c));
            high = Math.max(high, (float) random(r, c));
          }
        }
        assertThat(s.low(c, column)).isEqualTo(low);
        assertThat(s.high(c, column)).isEqualTo(high);
      }
    }
  }

  @Test
  void aSpikeOfOneRowAmongAMillionIsSeen() {
    StreamInfo info = Streams.info(30_000, 1);
    SignalModel model = new SignalModel(info, 10);
    model.feed(Streams.rows(info, 0, 300_000, (r, c) -> r == 123_456 ? 1e3 : 0));
    SignalSnapshot s = model.snapshot();
    float most = 0;
    for (int i = 0; i < s.columns(); i++) {
      most = Math.max(most, s.high(0, i));
    }
    assertThat(most).isEqualTo(1e3f);
  }

  @Test
  void howChunksAreCutDoesNotMatter() {
    SignalModel one = new SignalModel(FAST, 1);
    SignalModel many = new SignalModel(FAST, 1);
    one.feed(Streams.rows(FAST, 0, 15_000, SignalModelTest::random));
    for (int r = 0; r < 15_000; r += 100) {
      many.feed(Streams.rows(FAST, r, r + 100, SignalModelTest::random));
    }
    assertThat(many.snapshot().low(1, 55)).isEqualTo(one.snapshot().low(1, 55));
    assertThat(many.snapshot().firstColumn()).isEqualTo(one.snapshot().firstColumn());
  }

  @Test
  void whatIsNewFollowsWhatIsKnown() {
    SignalModel model = new SignalModel(FAST, 4);
    model.feed(Streams.rows(FAST, 0, 10_000, SignalModelTest::random));
    SignalSnapshot before = model.snapshot();
    long known = before.firstColumn() + before.columns() - 2; // the last one was not whole
    model.feed(Streams.rows(FAST, 10_000, 10_100, SignalModelTest::random));
    SignalSnapshot news = model.snapshot(known);
    assertThat(news.firstColumn()).isEqualTo(known + 1);
    assertThat(news.columns()).isEqualTo(5); // one again and four new
    SignalSnapshot all = model.snapshot();
    for (int i = 0; i < 5; i++) {
      assertThat(news.low(2, i)).isEqualTo(all.low(2, all.columns() - 5 + i));
    }
    assertThat(model.snapshot(Long.MAX_VALUE - 1).columns()).isZero();
  }

  @Test
  void missingRowsAreAGapAndMissingValuesAreNone() {
    StreamInfo info = Streams.info(100, 1);
    SignalModel model = new SignalModel(info, 16);
    model.feed(Streams.rows(info, 0, 100, (r, c) -> r));
    model.feed(Streams.rows(info, 300, 400, (r, c) -> r < 350 ? Double.NaN : r));
    SignalSnapshot s = model.snapshot();
    assertThat(s.gaps()).isEqualTo(1);
    int back = 300; // 100 columns a second
    assertThat(s.gap(back)).isTrue();
    assertThat(s.filled(200)).isFalse();
    assertThat(s.filled(back)).isTrue();
    assertThat(s.low(0, back)).isNaN();
    assertThat(s.low(0, 350)).isEqualTo(350f);
  }

  @Test
  void aClockThatJumpsBackGoesOn() {
    StreamInfo info = Streams.info(100, 1);
    SignalModel model = new SignalModel(info, 16);
    model.feed(Streams.rows(info, 1_000, 1_100, (r, c) -> 1));
    model.feed(Streams.rows(info, 0, 100, (r, c) -> 2));
    SignalSnapshot s = model.snapshot();
    assertThat(s.gaps()).isEqualTo(1);
    assertThat(s.high(0, s.columns() - 1)).isEqualTo(2f);
    assertThat(s.high(0, 0)).isEqualTo(1f);
    assertThat(s.columns()).isBetween(195, 205);
  }

  @Test
  void anotherWindowOrMontageShowsWhatWas() {
    StreamInfo info = Streams.info(100, 4);
    SignalModel model = new SignalModel(info, 2);
    model.feed(Streams.rows(info, 0, 1_000, (r, c) -> r + 10 * c));
    model.window(8);
    assertThat(model.snapshot().low(0, 1))
        .isEqualTo(199.0f, org.assertj.core.data.Offset.offset(2f));
    model.montage(SignalMontage.commonAverage(info));
    SignalSnapshot average = model.snapshot();
    assertThat(average.high(0, average.columns() - 1)).isEqualTo(-15f);
    assertThat(average.high(3, average.columns() - 1)).isEqualTo(15f);
    model.montage(SignalMontage.bipolar(info, List.of("1-3", "4-2")));
    SignalSnapshot bipolar = model.snapshot();
    assertThat(bipolar.total()).isEqualTo(2);
    assertThat(bipolar.signals().get(1).label()).isEqualTo("4-2");
    assertThat(bipolar.low(0, bipolar.columns() - 1)).isEqualTo(-20f);
    assertThat(bipolar.low(1, bipolar.columns() - 1)).isEqualTo(20f);
  }

  @Test
  void aPairOfUnknownChannelsIsRefused() {
    assertThatThrownBy(() -> SignalMontage.bipolar(FAST, List.of("1-9")))
        .isInstanceOf(UsageException.class)
        .hasMessage("a bipolar pair names two channels of the stream, such as 1-3; pair=1-9");
  }

  @Test
  void pagesOfHundredsOfChannels() {
    StreamInfo info = Streams.info(100, 300);
    SignalModel model = new SignalModel(info, 2);
    model.feed(Streams.rows(info, 0, 100, (r, c) -> c));
    assertThat(model.snapshot().signals()).hasSize(64);
    model.page(290, 32);
    SignalSnapshot s = model.snapshot();
    assertThat(s.signals()).hasSize(32);
    assertThat(s.signals().get(0).index()).isEqualTo(268);
    assertThat(s.high(0, s.columns() - 1)).isEqualTo(268f);
    model.show(5, 1, 5, 999);
    assertThat(model.snapshot().signals())
        .extracting(SignalSnapshot.Signal::index)
        .containsExactly(5, 1);
  }

  @Test
  void scalesFollowTheSignals() {
    StreamInfo info = Streams.info(1_000, 2);
    SignalModel model = new SignalModel(info, 2);
    model.feed(
        Streams.rows(info, 0, 4_000, (r, c) -> 1e5 * c + (c == 0 ? 9 : 90) * Math.sin(r * 0.3)));
    SignalSnapshot each = model.snapshot();
    assertThat(each.signals().get(0).halfRange()).isEqualTo(10);
    assertThat(each.signals().get(1).halfRange()).isEqualTo(100);
    assertThat(each.signals().get(1).centre())
        .isCloseTo(1e5, org.assertj.core.data.Offset.offset(5.0));
    model.scale(SignalScale.fixed(25));
    assertThat(model.snapshot().signals().get(1).halfRange()).isEqualTo(25);
    assertThat(SignalScale.round(0.0021))
        .isCloseTo(0.003, org.assertj.core.data.Offset.offset(1e-12));
  }

  @Test
  void markersAreWhereTheirTimeIsAndBounded() {
    StreamInfo info = Streams.info(100, 1);
    SignalModel model = new SignalModel(info, 16);
    model.feed(Streams.rows(info, 0, 1_000, (r, c) -> 0));
    for (int i = 0; i < 100_000; i++) {
      model.mark(new Marker(i / 10_000.0, "m" + i));
    }
    SignalSnapshot s = model.snapshot();
    assertThat(s.marks()).hasSizeLessThanOrEqualTo(512);
    SignalSnapshot.Mark last = s.marks().get(s.marks().size() - 1);
    assertThat(last.label()).isEqualTo("m99999");
    assertThat(last.column()).isCloseTo(999.99, org.assertj.core.data.Offset.offset(0.1));
  }

  @Test
  void rowsLostInTheRingAreAGap() {
    Chunk chunk = Streams.rows(FAST, 0, 10, (r, c) -> 0);
    SignalColumns columns = new SignalColumns(1, 100, 1, 100);
    columns.add(0, false, new float[] {1});
    columns.add(0.01, true, new float[] {1});
    assertThat(columns.gaps()).isEqualTo(1);
    assertThat(chunk.lostBefore()).isZero();
  }
}
