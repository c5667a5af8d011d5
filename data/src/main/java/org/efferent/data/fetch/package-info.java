/**
 * Public data sets from their publishers: a {@link org.efferent.data.fetch.DatasetCard} says where
 * a data set lies, what its licence asks, how to cite it and what checksums there are; a {@link
 * org.efferent.data.fetch.DatasetFetch} downloads what is wanted of it, once its licence has been
 * accepted.
 *
 * <p>Nothing is sent to a publisher before the licence was accepted, except for the listing that a
 * dry run asks for. Whatever a publisher answers is checked: names, sizes, redirects, checksums.
 */
package org.efferent.data.fetch;
