/**
 * The closed loop of a cursor session: from a bin's features to a velocity, from recorded bins to a
 * new decoder, from the first target of a calibration to the last of a task. Stepped once a bin: no
 * clocks, no threads, no files; a simulated user and a live one drive the same objects.
 */
package org.efferent.filters.loop;
