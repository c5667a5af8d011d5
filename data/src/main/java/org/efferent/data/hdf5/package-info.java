/**
 * HDF5 files (The HDF Group, "HDF5 File Format Specification", version 3) through jHDF, a reader in
 * pure Java: groups, data sets read by range, attributes. What jHDF throws becomes an error with
 * the file's name; sizes that the file could not hold are refused before anything is allocated.
 */
package org.efferent.data.hdf5;
