/**
 * The {@code efferent} command: options and files to objects, in one place.
 *
 * <p>{@link org.efferent.cli.Main} starts {@link org.efferent.cli.EfferentCommand}, of which every
 * command is a class with its options, a description and examples. Commands read options and files,
 * call the modules below and print; what computes lives there. Exit codes, the forms of output and
 * the words of errors are the same for all.
 */
package org.efferent.cli;
