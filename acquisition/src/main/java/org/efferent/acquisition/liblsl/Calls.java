package org.efferent.acquisition.liblsl;

import com.sun.jna.Pointer;

/**
 * liblsl's functions that every version since 1.12 has, by JNA's direct mapping: a call allocates
 * nothing. {@code unsigned long} counts, 4 bytes on Windows, are {@code long} here: on a 64-bit
 * machine either width is passed in 8 bytes; {@link LibLsl#count} masks those that come back.
 */
@SuppressWarnings("MemberName") // the names of the C functions
final class Calls {
  private Calls() {}

  static native int lsl_protocol_version();

  static native int lsl_library_version();

  static native double lsl_local_clock();

  static native void lsl_destroy_string(Pointer text);

  static native Pointer lsl_streaminfo_from_xml(Pointer xml);

  static native Pointer lsl_copy_streaminfo(Pointer info);

  static native void lsl_destroy_streaminfo(Pointer info);

  static native Pointer lsl_get_xml(Pointer info);

  static native Pointer lsl_create_continuous_resolver_bypred(Pointer predicate, double forget);

  static native int lsl_resolver_results(Pointer resolver, Pointer buffer, int elements);

  static native void lsl_destroy_continuous_resolver(Pointer resolver);

  static native Pointer lsl_create_inlet(Pointer info, int maxBuffer, int maxChunk, int recover);

  static native void lsl_destroy_inlet(Pointer inlet);

  static native Pointer lsl_get_fullinfo(Pointer inlet, double timeout, Pointer error);

  static native void lsl_open_stream(Pointer inlet, double timeout, Pointer error);

  static native double lsl_time_correction(Pointer inlet, double timeout, Pointer error);

  static native int lsl_samples_available(Pointer inlet);

  static native int lsl_was_clock_reset(Pointer inlet);

  static native double lsl_pull_sample_d(
      Pointer inlet, Pointer values, int elements, double timeout, Pointer error);

  static native double lsl_pull_sample_v(
      Pointer inlet, Pointer values, int bytes, double timeout, Pointer error);

  static native double lsl_pull_sample_buf(
      Pointer inlet, Pointer texts, Pointer lengths, int elements, double timeout, Pointer error);

  static native long lsl_pull_chunk_d(
      Pointer inlet,
      Pointer values,
      Pointer stamps,
      long valueElements,
      long stampElements,
      double timeout,
      Pointer error);

  static native Pointer lsl_create_outlet(Pointer info, int chunk, int maxBuffered);

  static native void lsl_destroy_outlet(Pointer outlet);

  static native Pointer lsl_get_info(Pointer outlet);

  static native int lsl_push_sample_vtp(Pointer outlet, Pointer values, double stamp, int through);

  static native int lsl_push_sample_buftp(
      Pointer outlet, Pointer texts, Pointer lengths, double stamp, int through);

  static native int lsl_have_consumers(Pointer outlet);

  static native int lsl_wait_for_consumers(Pointer outlet, double timeout);
}
