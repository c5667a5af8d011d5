/**
 * MAT-files of MATLAB: level 5 (The MathWorks, "MAT-File Format", level 5) and 7.3 (HDF5) behind
 * one view, {@link org.efferent.data.mat.MatFile}.
 *
 * <p>Arrays are column-major, as MATLAB's are: element (r, c) of {@code [rows × columns]} is at
 * {@code r + c · rows}. Only {@link org.efferent.data.mat.MatArray#toTensor} turns that round.
 */
package org.efferent.data.mat;
