/**
 * The live dashboard: models that one thread feeds and that hand out immutable snapshots, painters
 * that draw a snapshot with any {@code Graphics2D}, and the window that docks the panels.
 *
 * <p>{@link org.efferent.viz.dashboard.DashboardModels} holds them all, {@link
 * org.efferent.viz.dashboard.DashboardWindow} opens the window, {@link
 * org.efferent.viz.dashboard.DashboardPicture} draws the same panels into a file without a display.
 * {@link org.efferent.viz.dashboard.Panel} lists what there is.
 */
package org.efferent.viz.dashboard;
