/**
 * Clicks: a linear discriminant and a two-state hidden Markov model on top of it, the rules that
 * make an event of a posterior, dwelling as the fallback, and the gate that holds the cursor while
 * a click is likely.
 */
package org.efferent.filters.click;
