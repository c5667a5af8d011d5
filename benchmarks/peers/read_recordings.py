"""Times a peer's reading of all samples: read_recordings.py FILE REPEATS; prints one time in seconds a line.

EDF and FIF: MNE-Python, preload. XDF: a walk over the chunks that hands each to numpy (pyxdf's way, without its clock fits).
"""
import struct, sys, time
import numpy as np

path, repeats = sys.argv[1], int(sys.argv[2])

def walk(path):
    pieces, stamps = [], []
    with open(path, "rb") as f:
        f.read(4)
        while True:
            width = f.read(1)
            if not width:
                break
            length = int.from_bytes(f.read(width[0]), "little")
            content = f.read(length)
            if content[:2] != b"\x03\x00":
                continue
            w = content[6]
            rows = int.from_bytes(content[7:7 + w], "little")
            samples = np.frombuffer(content, KIND, rows, 7 + w)
            stamps.append(samples["stamp"])
            pieces.append(samples["values"].astype(float))
    return np.concatenate(pieces), np.concatenate(stamps)

def mne_reader(name):
    import mne
    mne.set_log_level("ERROR")
    return lambda p: getattr(mne.io, name)(p, preload=True)

KIND = np.dtype([("n", "u1"), ("stamp", "<f8"), ("values", "<f4", 64)])
read = walk if path.endswith(".xdf") else mne_reader("read_raw_edf" if path.endswith(".edf") else "read_raw_fif")
for _ in range(repeats):
    start = time.perf_counter()
    result = read(path)
    print(time.perf_counter() - start, flush=True)
    del result
