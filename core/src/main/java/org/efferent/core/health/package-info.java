/**
 * Whether a stream is sound, in figures and events: {@link org.efferent.core.health.StreamHealth}.
 * It is fed with the rows of a live stream or of a recording and gives the same figures for both;
 * {@link org.efferent.core.health.HealthSnapshot} holds them, with a formula each.
 */
package org.efferent.core.health;
