package org.efferent.decoders.loss;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.efferent.decoders.nn.Layers;
import org.efferent.decoders.nn.WeightSpec;
import org.efferent.decoders.nn.Weights;

/**
 * What training minimises: a weighted sum of losses, each between one head of an encoder and one
 * target.
 *
 * @param terms at least one
 */
public record Objective(List<Term> terms) {
  /**
   * One loss of the sum.
   *
   * @param head name of the encoder's head; empty for its only one
   * @param target name of the target
   * @param share its factor
   * @param loss the loss
   */
  public record Term(String head, String target, double share, Loss loss) {}

  /** Copies the terms. */
  public Objective {
    terms = List.copyOf(terms);
    if (terms.isEmpty()) {
      throw new IllegalArgumentException("an objective must have at least one loss; terms=[]");
    }
  }

  /**
   * One loss of the only head and the only target.
   *
   * @param loss the loss
   * @return the objective
   */
  public static Objective of(Loss loss) {
    return new Objective(List.of(new Term("", "", 1, loss)));
  }

  /** Weights of the losses; one of a name that several have is theirs together. */
  public List<WeightSpec> weights() {
    Map<String, WeightSpec> specs = new LinkedHashMap<>();
    terms.forEach(t -> t.loss().weights().forEach(w -> specs.putIfAbsent(w.name(), w)));
    return new ArrayList<>(specs.values());
  }

  /**
   * The sum.
   *
   * @param heads embeddings by head
   * @param targets embeddings by target
   * @param weights where the losses' own weights are
   * @param parts told of scores, logits and losses; with several terms, under name_target
   * @return a scalar
   */
  public NDArray of(
      Map<String, NDArray> heads,
      Map<String, NDArray> targets,
      Weights weights,
      BiConsumer<String, NDArray> parts) {
    NDArray sum = null;
    for (Term term : terms) {
      NDArray head = needed(heads, term.head(), "head");
      NDArray target = needed(targets, term.target(), "target");
      boolean several = terms.size() > 1;
      String suffix = several ? "_" + term.target() : "";
      NDArray loss =
          term.loss().of(head, target, weights, (name, part) -> parts.accept(name + suffix, part));
      if (several) {
        parts.accept("loss" + suffix, loss);
      }
      NDArray share = term.share() == 1 ? loss : Layers.times(loss, term.share());
      sum = sum == null ? share : sum.add(share);
    }
    return sum;
  }

  /**
   * Keeps the losses' own weights in their ranges, after an update: a logarithm of a scale stays at
   * most ln 100.
   *
   * @param weights where they are
   */
  public void constrain(Weights weights) {
    terms.forEach(term -> term.loss().constrain(weights));
  }

  private static NDArray needed(Map<String, NDArray> from, String name, String what) {
    NDArray found = from.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "a loss names a %s that there is; %s='%s', there are %s"
              .formatted(what, what, name, from.keySet()));
    }
    return found;
  }

  /** The terms under their names in files. */
  public List<Map<String, Object>> options() {
    List<Map<String, Object>> out = new ArrayList<>();
    for (Term term : terms) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("head", term.head());
      one.put("target", term.target());
      one.put("share", term.share());
      one.putAll(term.loss().options());
      out.add(one);
    }
    return out;
  }
}
