"""Makes the datasets of MAT 7.3 beside this file: python3 make_eeglab.py (h5py 3.7, numpy 1.24).

Written as MATLAB writes them: a user block of 512 bytes, sizes in reverse, characters as uint16 with
MATLAB_class, structs as groups, fields of arrays of structs as references into #refs#, empty arrays
as their sizes with MATLAB_empty.

continuous73.set  fields at top level, data [3 x 40] single inside, compressed, 3 channels, 4 events
epoched73.set     struct EEG, data [2 x 5 x 4] double, one channel without position, one event an epoch
one73.set         one channel and one event: structs of 1 x 1 keep their values in place
"""
import pathlib
import struct

import h5py
import numpy as np

HERE = pathlib.Path(__file__).parent
REFERENCE = h5py.special_dtype(ref=h5py.Reference)


class Writer:
    def __init__(self, name):
        self.path = HERE / name
        self.file = h5py.File(self.path, "w", userblock_size=512)
        self.refs = self.file.create_group("#refs#")
        self.count = 0

    def close(self):
        self.file.close()
        with open(self.path, "r+b") as f:
            text = b"MATLAB 7.3 MAT-file, Platform: GLNXA64, HDF5 schema 1.00 ."
            f.write(text.ljust(116) + bytes(8) + struct.pack("<H", 0x0200) + b"IM")

    def reference(self, value):
        name = "r%d" % self.count
        self.count += 1
        self.put(self.refs, name, value)
        return self.refs[name].ref

    def put(self, group, name, value, **how):
        if isinstance(value, str):
            if not value:
                return self.empty(group, name, (0, 0), "char")
            codes = np.array([ord(c) for c in value], np.uint16).reshape(-1, 1)
            data = group.create_dataset(name, data=codes)
            data.attrs["MATLAB_class"] = np.bytes_("char")
            data.attrs["MATLAB_int_decode"] = np.int32(2)
        elif isinstance(value, dict):
            one = group.create_group(name)
            one.attrs["MATLAB_class"] = np.bytes_("struct")
            for key, field in value.items():
                self.put(one, key, field)
        elif isinstance(value, list):
            if len(value) == 1:
                return self.put(group, name, value[0])
            many = group.create_group(name)
            many.attrs["MATLAB_class"] = np.bytes_("struct")
            for key in value[0]:
                refs = np.array([[self.reference(v[key])] for v in value], REFERENCE)
                many.create_dataset(key, data=refs, dtype=REFERENCE)
        else:
            array = np.asarray(value)
            if array.size == 0:
                return self.empty(group, name, array.shape, "double")
            array = np.asarray(array, array.dtype if array.dtype == np.float32 else np.float64)
            while array.ndim < 2:
                array = array[np.newaxis]
            data = group.create_dataset(name, data=array.T, **how)
            kind = "single" if array.dtype == np.float32 else "double"
            data.attrs["MATLAB_class"] = np.bytes_(kind)

    def empty(self, group, name, shape, kind):
        data = group.create_dataset(name, data=np.array(shape, np.uint64))
        data.attrs["MATLAB_class"] = np.bytes_(kind)
        data.attrs["MATLAB_empty"] = np.uint8(1)


NONE = np.zeros((0, 0))


def channel(label, kind, x, y, z):
    return {"labels": label, "type": kind, "X": x, "Y": y, "Z": z, "theta": NONE, "radius": NONE}


w = Writer("continuous73.set")
fields = {
    "setname": "Grüße",
    "subject": "S07",
    "session": 2.0,
    "comments": "",
    "nbchan": 3.0,
    "trials": 1.0,
    "pnts": 40.0,
    "srate": 250.0,
    "xmin": 0.5,
    "xmax": 0.5 + 39 / 250,
    "ref": "common",
    "chanlocs": [
        channel("Fz", "EEG", 60.0, 0.0, 60.0),
        channel("C3", "EEG", 0.0, 60.0, 60.0),
        channel("VEOG", "EOG", NONE, NONE, NONE),
    ],
    "event": [
        {"type": "stim", "latency": 1.0, "duration": 5.0},
        {"type": 7.0, "latency": 11.5, "duration": NONE},
        {"type": "boundary", "latency": 20.5, "duration": 500.0},
        {"type": "resp", "latency": NONE, "duration": NONE},
    ],
    "urevent": NONE,
    "icaweights": NONE,
    "datfile": "",
}
for key, value in fields.items():
    w.put(w.file, key, value)
data = np.arange(120, dtype=np.float32).reshape(3, 40, order="F") / 4 - 3
w.put(w.file, "data", data, chunks=(16, 3), compression="gzip", shuffle=True)
w.close()

w = Writer("epoched73.set")
w.put(
    w.file,
    "EEG",
    {
        "srate": 100.0,
        "nbchan": 2.0,
        "pnts": 5.0,
        "trials": 4.0,
        "xmin": -0.02,
        "xmax": 0.02,
        "data": np.arange(40, dtype=np.float64).reshape(2, 5, 4, order="F"),
        "chanlocs": [
            {"labels": "Cz", "sph_theta": 0.0, "sph_phi": 90.0, "sph_radius": 1.0},
            {"labels": "T8", "sph_theta": -90.0, "sph_phi": 0.0, "sph_radius": 1.0},
        ],
        "event": [
            {"type": "a" if e % 2 else "b", "latency": 5.0 * e + 3, "epoch": e + 1.0}
            for e in range(4)
        ],
        "icaweights": np.eye(2),
    },
)
w.close()

w = Writer("one73.set")
w.put(
    w.file,
    "EEG",
    {
        "srate": 10.0,
        "nbchan": 1.0,
        "pnts": 4.0,
        "trials": 1.0,
        "xmin": 0.0,
        "data": np.array([[1.5, 2.5, 3.5, 4.5]], np.float32),
        "chanlocs": [{"labels": "Oz", "theta": 180.0, "radius": 0.5}],
        "event": [{"type": "go", "latency": 2.0}],
    },
)
w.close()
