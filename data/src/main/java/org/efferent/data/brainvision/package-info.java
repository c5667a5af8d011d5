/**
 * BrainVision Core Data Format 1.0 and 2.0 (Brain Products GmbH, <a
 * href="https://www.brainproducts.com/support-resources/brainvision-core-data-format-1-0/">"BrainVision
 * Core Data Format"</a>): a header, a marker file and a data file. {@link
 * org.efferent.data.brainvision.BrainVisionFile#open} reads by range, {@link
 * org.efferent.data.brainvision.BrainVisionWriter} writes all three.
 */
package org.efferent.data.brainvision;
