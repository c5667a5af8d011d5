/**
 * The live dashboard: models that one thread feeds and that hand out immutable snapshots, painters
 * that draw a snapshot with any {@code Graphics2D}, and the window that docks the panels.
 */
package org.efferent.viz.dashboard;
