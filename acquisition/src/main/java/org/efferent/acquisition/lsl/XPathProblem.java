package org.efferent.acquisition.lsl;

/** A predicate that is no XPath, or that nobody can afford. */
final class XPathProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  XPathProblem(String message) {
    // Strangers make these: without the stack they cost little.
    super(message, null, false, false);
  }
}
