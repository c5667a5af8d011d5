/**
 * What was done to get a figure, in words that every report prints, and the doing of it: images,
 * speech, time windows.
 */
package org.efferent.retrieval.protocol;
