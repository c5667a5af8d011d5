/**
 * LSL recordings: XDF 1.0 ("Extensible Data Format", <a
 * href="https://github.com/sccn/xdf/wiki/Specifications">specification</a>, revision 2023-03-25).
 * {@link org.efferent.data.xdf.XdfFile#read} scans the chunks, keeps what is whole, resumes at the
 * next boundary after damage, and then aligns the clocks and removes jitter from the stamps as
 * pyxdf does. Everything that was odd is in {@link org.efferent.data.xdf.XdfFile#warnings()}.
 */
package org.efferent.data.xdf;
