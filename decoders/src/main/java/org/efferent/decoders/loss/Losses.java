package org.efferent.decoders.loss;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.decoders.encoder.OptionReader;

/** Losses and objectives by their names in files. */
public final class Losses {
  private Losses() {}

  /** The names. */
  public static List<String> kinds() {
    return List.of(
        CandidateNormalised.KIND,
        SymmetricInfoNce.KIND,
        PairwiseSigmoid.KIND,
        FlattenedContrastive.KIND,
        MeanSquaredError.KIND,
        MeanAbsoluteError.KIND);
  }

  /**
   * An objective.
   *
   * @param terms one map a loss: kind, head, target, share, and the loss's own options
   * @param where the file, and the path in it, for messages
   * @return the objective
   * @throws InputException if a name is unknown, or an option is missing, unknown or impossible
   */
  public static Objective objective(List<Map<String, Object>> terms, String where) {
    List<Objective.Term> made = new ArrayList<>();
    for (int i = 0; i < terms.size(); i++) {
      OptionReader in = new OptionReader("%s[%d]".formatted(where, i), terms.get(i));
      String head = in.word("head", "");
      String target = in.word("target", "");
      double share = in.number("share", 1);
      made.add(new Objective.Term(head, target, share, of(in)));
    }
    if (made.isEmpty()) {
      throw new InputException(where + " must name at least one loss");
    }
    return new Objective(made);
  }

  private static Loss of(OptionReader in) {
    String kind = in.word("kind");
    try {
      Loss loss =
          switch (kind) {
            case CandidateNormalised.KIND ->
                new CandidateNormalised(
                    in.number("epsilon", 1e-8),
                    in.yes("meanOverTime", false),
                    in.yes("centred", false));
            case SymmetricInfoNce.KIND ->
                new SymmetricInfoNce(
                    SymmetricInfoNce.Normalise.of(in.word("normalise", "both")),
                    Scale.of(in.word("scale", "exp")),
                    in.number("start", SymmetricInfoNce.START),
                    in.yes("learned", true));
            case PairwiseSigmoid.KIND ->
                new PairwiseSigmoid(
                    constant(in, "form", "plain", PairwiseSigmoid.Form.class),
                    constant(in, "duplicates", "wrong", PairwiseSigmoid.Duplicates.class));
            case FlattenedContrastive.KIND ->
                new FlattenedContrastive(
                    in.yes("bothNormalised", false),
                    in.yes("symmetric", false),
                    in.yes("scaled", false),
                    in.number("start", SymmetricInfoNce.START),
                    in.yes("learned", false));
            case MeanSquaredError.KIND -> new MeanSquaredError();
            case MeanAbsoluteError.KIND -> new MeanAbsoluteError();
            default -> throw in.wrong("kind", "one of " + kinds());
          };
      in.end();
      return loss;
    } catch (IllegalArgumentException e) {
      throw new InputException(in.path("kind") + ": " + e.getMessage(), e);
    }
  }

  private static <E extends Enum<E>> E constant(
      OptionReader in, String name, String otherwise, Class<E> type) {
    String word = in.word(name, otherwise);
    for (E value : type.getEnumConstants()) {
      if (value.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(word)) {
        return value;
      }
    }
    throw in.wrong(
        name,
        "one of "
            + List.of(type.getEnumConstants())
                .toString()
                .toLowerCase(Locale.ROOT)
                .replace('_', '-'));
  }
}
