/**
 * What {@code efferent bench} measures, area by area, with the peers that stand beside. An area
 * takes turns between this toolkit and its peers and gives medians with their spread; a peer that
 * is missing or fails is a row with its reason, never a gap.
 */
package org.efferent.cli.bench;
