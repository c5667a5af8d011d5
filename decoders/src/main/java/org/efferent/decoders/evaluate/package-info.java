/**
 * What decoders are held against on test examples: linear baselines, and how sure a difference is.
 */
package org.efferent.decoders.evaluate;
