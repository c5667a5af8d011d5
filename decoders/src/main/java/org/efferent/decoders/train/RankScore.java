package org.efferent.decoders.train;

import org.efferent.decoders.dataset.WindowDataset;

/**
 * How well embeddings find their own target among candidates: {@link Ranks} in a few numbers.
 *
 * @param queries embeddings
 * @param candidates how many
 * @param top1 share whose own target is first
 * @param top5 share whose own target is among the first five
 * @param relativeMedianRank median of the middle rank, in parts of the candidates less one; chance
 *     is 0.5
 */
public record RankScore(
    int queries, int candidates, double top1, double top5, double relativeMedianRank) {

  /**
   * Ranks every query's own candidate by cosine; ties share the middle rank.
   *
   * @param queries {@code [n × width]}, row-major
   * @param truth the right candidate of each query {@code [n]}
   * @param candidates {@code [m × width]}, row-major
   * @param width numbers of an embedding
   * @return the score
   */
  public static RankScore of(float[] queries, int[] truth, float[] candidates, int width) {
    return Ranks.of(queries, truth, candidates, width).score();
  }

  /**
   * Ranks the targets of examples: candidates are the distinct targets of these examples.
   *
   * @param data where examples and targets are
   * @param target name of the target; empty for the first
   * @param examples which
   * @param made their embeddings
   * @return the score
   */
  public static RankScore ofExamples(
      WindowDataset data, String target, int[] examples, Inference.Embeddings made) {
    return Ranks.ofExamples(data, target, examples, made.values()).score();
  }
}
