/** The {@code efferent} command: options and files to objects, in one place. */
package org.efferent.cli;
