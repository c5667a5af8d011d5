package org.efferent.acquisition.lsl;

/** A part of an expression that has been understood. */
@FunctionalInterface
interface XPathExpr {
  /**
   * Where it is evaluated.
   *
   * @param node context node
   * @param position its position, from 1
   * @param size how many there are
   * @param budget what is left
   */
  record Context(XPathNode node, int position, int size, XPathBudget budget) {}

  /** Its value; see {@link XPathValues}. */
  Object value(Context context);
}
