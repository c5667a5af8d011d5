/**
 * Pickles of Python (protocols 0 to 5, <a
 * href="https://docs.python.org/3/library/pickletools.html">pickletools</a>) that hold plain values
 * and NumPy arrays, read without executing anything: {@link org.efferent.data.pickle.Pickle}.
 */
package org.efferent.data.pickle;
