/** Benchmarks (JMH) of the hot paths, and runs side by side with peers. */
package org.efferent.benchmarks;
