/** Figures (JFreeChart), the cursor task's window, and reports. */
package org.efferent.viz;
