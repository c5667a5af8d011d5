/**
 * Pickles of Python (protocols 0 to 5, <a
 * href="https://docs.python.org/3/library/pickletools.html">pickletools</a>) that hold plain values
 * and NumPy arrays, read without executing anything: {@link org.efferent.data.pickle.Pickle}.
 *
 * <p>Classes other than a short list are refused by name, sizes are checked against the file before
 * memory is taken, and nothing is ever imported or called.
 */
package org.efferent.data.pickle;
