/**
 * NumPy's files: arrays ({@code .npy}, <a
 * href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">format 1.0 to
 * 3.0</a>) and archives of them ({@code .npz}). {@link org.efferent.data.npy.NpyArray} is a view of
 * an array that stays in its file; {@link org.efferent.data.npy.Npy} reads and writes whole ones.
 */
package org.efferent.data.npy;
