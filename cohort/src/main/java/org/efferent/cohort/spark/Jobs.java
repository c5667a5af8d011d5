package org.efferent.cohort.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** Runs tasks and hears of each as it ends, so that a driver need not hold what all of them say. */
final class Jobs {
  private Jobs() {}

  /** Hears of a part that has ended. */
  interface Ended<U> {
    void part(int part, U result);
  }

  /**
   * Runs a function over each part of a data set.
   *
   * @param context of the run
   * @param parts the data
   * @param each of a part's elements
   * @param ended told of each part, in the order in which they end
   * @param <T> element
   * @param <U> result of a part
   */
  static <T, U extends Serializable> void run(
      JavaSparkContext context, JavaRDD<T> parts, Function<List<T>, U> each, Ended<U> ended) {
    context
        .sc()
        .runJob(
            parts.rdd(),
            new OnWorker<>(each),
            new OnDriver<>(ended),
            ClassTag$.MODULE$.apply(Object.class));
  }

  private static final class OnWorker<T, U> extends AbstractFunction1<Iterator<T>, U>
      implements Serializable {
    private static final long serialVersionUID = 1;

    private final Function<List<T>, U> each;

    OnWorker(Function<List<T>, U> each) {
      this.each = each;
    }

    @Override
    public U apply(Iterator<T> elements) {
      List<T> all = new ArrayList<>();
      while (elements.hasNext()) {
        all.add(elements.next());
      }
      try {
        return each.call(all);
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static final class OnDriver<U> extends AbstractFunction2<Object, U, BoxedUnit> {
    private final Ended<U> ended;

    OnDriver(Ended<U> ended) {
      this.ended = ended;
    }

    @Override
    public BoxedUnit apply(Object part, U result) {
      ended.part((Integer) part, result);
      return BoxedUnit.UNIT;
    }
  }

  /**
   * Recordings of each participant, in order of the list.
   *
   * @param list lines of the list
   * @param parts into how many parts participants are divided
   * @return participants with their recordings
   */
  static JavaRDD<Tuple2<String, List<Listed>>> participants(JavaRDD<String> list, int parts) {
    return list.map(Listed::of)
        .mapToPair(listed -> new Tuple2<>(listed.participant(), listed))
        .groupByKey(parts)
        .map(
            pair -> {
              TreeMap<Integer, Listed> sorted = new TreeMap<>();
              pair._2().forEach(listed -> sorted.put(listed.index(), listed));
              List<Listed> ordered = new ArrayList<>(sorted.values());
              return new Tuple2<>(pair._1(), ordered);
            });
  }
}
