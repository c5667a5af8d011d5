/**
 * Cursor tasks and what is measured in them: targets, trials, figures. State machines that are
 * stepped once a bin: no clocks, no threads, no files. Lengths in any one unit, centimetres by
 * default; y upwards, the origin in the middle.
 */
package org.efferent.filters.task;
