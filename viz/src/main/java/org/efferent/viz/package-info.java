/**
 * Figures (JFreeChart), the cursor task's window, and reports.
 *
 * <p>{@link org.efferent.viz.Figure} is a picture that writes itself as PNG, SVG or PDF; {@link
 * org.efferent.viz.Report} is a page of HTML with figures inside and nothing fetched. Windows
 * ({@link org.efferent.viz.CursorWindow}, {@link org.efferent.viz.TaskWindow}, {@link
 * org.efferent.viz.RankingWindow}) need a display; painters and figures do not.
 */
package org.efferent.viz;
