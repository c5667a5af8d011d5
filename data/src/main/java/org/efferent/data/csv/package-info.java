/**
 * Tables of numbers as recordings: {@link org.efferent.data.csv.CsvRecordings}. The tables
 * themselves are {@link org.efferent.data.NumericCsv}.
 */
package org.efferent.data.csv;
