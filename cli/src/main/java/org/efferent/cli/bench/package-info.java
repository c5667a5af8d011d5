/** What {@code efferent bench} measures, area by area, with the peers that stand beside. */
package org.efferent.cli.bench;
