/**
 * What is in a file, in words and numbers: {@link org.efferent.data.inspect.Inspection}. The format
 * is recognised by content, not by name.
 */
package org.efferent.data.inspect;
