"""Large recordings to time readers with: make_recordings.py FOLDER MEGABYTES

Writes big.edf (64 channels, 1 kHz, 16 bit), big_raw.fif (306 channels, 1 kHz, single precision; by MNE-Python) and
big.xdf (64 channels, 1 kHz, single precision, chunks of 32 samples, a stamp a sample), each of about so many megabytes.
The samples are a sine a channel with noise, seed 0. Files that are there already are kept.
"""
import pathlib, struct, sys
import numpy as np

folder = pathlib.Path(sys.argv[1]); megabytes = int(sys.argv[2]); folder.mkdir(parents=True, exist_ok=True)
rng = np.random.default_rng(0)

def block(channels, samples, start):
    t = (start + np.arange(samples)) / 1000.0
    f = 1 + np.arange(channels) % 40
    return 50 * np.sin(2 * np.pi * f[:, None] * t) + 10 * rng.standard_normal((channels, samples))

def edf(path, channels=64, rate=1000):
    records = megabytes * 1_000_000 // (channels * rate * 2)
    def column(values, width):
        return b"".join(str(v).ljust(width)[:width].encode("ascii") for v in values)
    n = channels
    head = (b"0".ljust(8) + b"X X X X".ljust(80) + b"Startdate X X X X".ljust(80) + b"01.01.8500.00.00"
            + str(256 * (n + 1)).ljust(8).encode() + b" " * 44 + str(records).ljust(8).encode() + b"1".ljust(8)
            + str(n).ljust(4).encode())
    head += (column([f"EEG {i + 1}" for i in range(n)], 16) + column([""] * n, 80) + column(["uV"] * n, 8)
             + column([-3276.8] * n, 8) + column([3276.7] * n, 8) + column([-32768] * n, 8) + column([32767] * n, 8)
             + column([""] * n, 80) + column([rate] * n, 8) + column([""] * n, 32))
    with open(path, "wb") as out:
        out.write(head)
        for r in range(records):
            out.write(np.round(block(channels, rate, r * rate) * 10).astype("<i2").tobytes())

def fif(path, channels=306, rate=1000):
    import mne
    mne.set_log_level("ERROR")
    samples = megabytes * 1_000_000 // (channels * 4)
    data = np.concatenate([block(channels, min(10_000, samples - s), s) for s in range(0, samples, 10_000)], axis=1)
    info = mne.create_info(channels, rate, "mag")
    mne.io.RawArray(data * 1e-15, info).save(path, fmt="single", overwrite=True)

def xdf(path, channels=64, rate=1000, rows=32):
    def chunk(tag, content):
        length = len(content) + 2
        return b"\x04" + struct.pack("<IH", length, tag) + content
    xml = (f"<?xml version=\"1.0\"?><info><name>big</name><type>EEG</type><channel_count>{channels}</channel_count>"
           f"<nominal_srate>{rate}</nominal_srate><channel_format>float32</channel_format><desc/></info>").encode()
    kind = np.dtype([("n", "u1"), ("stamp", "<f8"), ("values", "<f4", channels)])
    chunks = megabytes * 1_000_000 // (rows * kind.itemsize)
    with open(path, "wb") as out:
        out.write(b"XDF:" + chunk(1, b"<?xml version=\"1.0\"?><info><version>1.0</version></info>"))
        out.write(chunk(2, struct.pack("<I", 1) + xml))
        for c in range(chunks):
            samples = np.empty(rows, kind)
            samples["n"] = 8
            samples["stamp"] = 100 + (c * rows + np.arange(rows)) / rate
            samples["values"] = block(channels, rows, c * rows).T
            out.write(chunk(3, struct.pack("<I", 1) + b"\x04" + struct.pack("<I", rows) + samples.tobytes()))

for name, write in (("big.edf", edf), ("big_raw.fif", fif), ("big.xdf", xdf)):
    path = folder / name
    if not path.exists():
        write(path)
    print(path, path.stat().st_size, file=sys.stderr)
