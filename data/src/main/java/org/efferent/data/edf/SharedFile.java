package org.efferent.data.edf;

import org.efferent.data.FileBytes;

/** A file that several recordings read; it is closed with the last of them. */
final class SharedFile {
  final FileBytes bytes;
  private int users;

  SharedFile(FileBytes bytes, int users) {
    this.bytes = bytes;
    this.users = users;
  }

  void release() {
    if (--users <= 0) {
      bytes.close();
    }
  }
}
