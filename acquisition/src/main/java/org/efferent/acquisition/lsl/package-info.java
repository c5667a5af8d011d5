/**
 * The Lab Streaming Layer, wire protocol 1.10, without a native library: outlet, discovery, inlet
 * and time correction. It speaks to every liblsl since 1.10 over IPv4.
 *
 * <p>Protocol after liblsl (github.com/sccn/liblsl, {@code src/}): {@code stream_info_impl.cpp} for
 * {@link org.efferent.acquisition.lsl.LslStreamInfo}, {@code udp_server.cpp} and {@code
 * resolver_impl.cpp} for discovery, {@code tcp_server.cpp} and {@code data_receiver.cpp} for the
 * feed, {@code time_receiver.cpp} for {@link org.efferent.acquisition.lsl.TimeCorrection}.
 */
package org.efferent.acquisition.lsl;
