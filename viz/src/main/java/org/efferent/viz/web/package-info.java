/**
 * The dashboard in a browser: a server on this host alone, and one page.
 *
 * <p>{@link org.efferent.viz.web.WebDashboard} serves what the window shows, drawn by the same
 * painters, to whoever holds the key in its address. It listens on 127.0.0.1 alone; {@link
 * org.efferent.viz.web.WebOptions} say how often it sends and how many may look.
 */
package org.efferent.viz.web;
