/**
 * Clicks: a linear discriminant and a two-state hidden Markov model on top of it, the rules that
 * make an event of a posterior, dwelling as the fallback, and the gate that holds the cursor while
 * a click is likely.
 *
 * <p>{@link org.efferent.filters.click.ClickTraining} learns a {@link
 * org.efferent.filters.click.ClickDecoder} of labelled bins, {@link
 * org.efferent.filters.click.ClickTrigger} makes events of its posterior, {@link
 * org.efferent.filters.click.Dwell} needs no decoder. All are stepped once a bin; {@link
 * org.efferent.filters.click.ClickFile} saves and loads.
 */
package org.efferent.filters.click;
