/**
 * The Lab Streaming Layer, wire protocol 1.10, without a native library: outlet, discovery, inlet,
 * time correction and recovery. It speaks to every liblsl since 1.10.
 *
 * <p>What it does not speak: IPv6 ({@code IPv6 = allow} means IPv4 here, {@code force} is refused,
 * a stream that is reached by IPv6 alone is refused with a word), and protocol 1.00, which liblsl
 * takes with {@code UseProtocolVersion = 100}: either side refuses it and says why.
 *
 * <p>What strangers may cost: an outlet has so many newcomers ({@code OutletConnections}), each for
 * the time of a handshake, so many consumers, and evaluates predicates of its own XPath with a
 * budget ({@code XPathBudget}); an inlet believes no length before the bytes are there, keeps so
 * many bytes of strings ({@code SampleQueue}), and reads descriptions of so many bytes without
 * document types or entities ({@code Xml}). {@code NetworkFuzzTest} hunts through all of it.
 *
 * <p>Protocol after liblsl (github.com/sccn/liblsl, {@code src/}): {@code stream_info_impl.cpp} for
 * {@link org.efferent.acquisition.lsl.LslStreamInfo}, {@code udp_server.cpp} and {@code
 * resolver_impl.cpp} for discovery, {@code tcp_server.cpp} and {@code data_receiver.cpp} for the
 * feed, {@code inlet_connection.cpp} for recovery, {@code time_receiver.cpp} for {@link
 * org.efferent.acquisition.lsl.TimeCorrection}, {@code time_postprocessor.cpp} for {@link
 * org.efferent.acquisition.lsl.StampProcessor}.
 */
package org.efferent.acquisition.lsl;
