"""Makes the files beside it with h5py: python3 make_hdf5.py (h5py 3.16 and HDF5 2.0 made those kept here).

Every layout, filter and index of chunks that the format has, as small as it can be. Compression is of level 0, so that
whatever replaces the content of a chunk fits where the chunk is.
"""
import h5py
import numpy as np


def content(f, filters):
    grid = (np.arange(60).reshape(6, 10) - 7) * 0.5
    f.create_dataset("plain", data=grid[:2, :5])
    f.create_dataset("deflated", data=grid, chunks=(4, 6), compression="gzip", compression_opts=0)
    f.create_dataset("fixed", data=grid.astype(">i2"), chunks=(3, 10), maxshape=(6, 10))
    f.create_dataset("growing", data=grid.astype("f4"), chunks=(3, 5), maxshape=(None, 10), compression="gzip", compression_opts=0)
    f.create_dataset("growing2", data=grid.astype("u1"), chunks=(3, 5), maxshape=(None, None))
    f.create_dataset("one", data=grid.astype("i8")[:1, :4], chunks=(1, 4), compression="gzip", compression_opts=0)
    if filters:
        f.create_dataset("shuffled", data=grid.astype("i4"), chunks=(4, 6), shuffle=True, compression="gzip", compression_opts=0)
        f.create_dataset("checked", data=grid.astype("f4"), chunks=(6, 10), fletcher32=True)
        f.create_dataset("lzf", data=grid, chunks=(6, 10), compression="lzf")
    g = f.create_group("g")
    g.attrs["rate"] = 500.0
    g.attrs["unit"] = "volt"
    g.attrs["names"] = ["Cz", "Pz"]
    g.attrs["flag"] = True
    g.create_dataset("names", data=["Fp1", "größer", ""], dtype=h5py.string_dtype())
    g.create_dataset("short", data=np.array([b"a", b"bcd"]))
    g.create_dataset("bool", data=np.array([True, False]))
    g.create_dataset("scalar", data=np.int16(-3))
    g.create_dataset("empty", data=h5py.Empty("f4"))
    g.create_dataset("none", shape=(0, 3), dtype="f8")
    g.create_dataset("ragged", data=np.array([np.arange(2), np.arange(3)], dtype=object), dtype=h5py.vlen_dtype("i4"))
    g.create_dataset("record", data=np.array([(1, 2.5, b"x"), (2, -1, b"y")], dtype=[("id", "i4"), ("at", "f8"), ("s", "S3")]))
    g.create_dataset("to", data=np.array([f["plain"].ref, g.ref], dtype=h5py.ref_dtype))
    f["soft"] = h5py.SoftLink("/g/scalar")
    f["broken"] = h5py.SoftLink("/nowhere")
    f["outside"] = h5py.ExternalLink("/etc/passwd", "/x")
    f["hard"] = f["g"]
    dcpl = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    dcpl.set_layout(h5py.h5d.COMPACT)
    compact = h5py.h5d.create(f.id, b"compact", h5py.h5t.NATIVE_DOUBLE, h5py.h5s.create_simple((3,)), dcpl)
    compact.write(h5py.h5s.ALL, h5py.h5s.ALL, np.array([1.0, 2.0, 3.0]))


for name, libver in (("earliest.h5", "earliest"), ("latest.h5", ("v110", "v110"))):
    with h5py.File(name, "w", libver=libver) as f:
        content(f, libver == "earliest")
    with h5py.File(name) as f:
        assert (f["deflated"][()] == (np.arange(60).reshape(6, 10) - 7) * 0.5).all()


def matlab(path):
    """As MATLAB writes -v7.3: a user block of 512 bytes, sizes in reverse, classes as attributes."""
    def put(parent, name, data, kind, **attrs):
        d = parent.create_dataset(name, data=data, **({"compression": "gzip", "compression_opts": 0, "chunks": data.shape} if data.ndim and data.size > 3 else {}))
        d.attrs["MATLAB_class"] = np.bytes_(kind)
        for key, value in attrs.items():
            d.attrs[key] = value
        return d

    with h5py.File(path, "w", userblock_size=512, libver="earliest") as f:
        put(f, "x", np.arange(12.0).reshape(4, 3), "double")
        put(f, "f", np.arange(6, dtype="f4").reshape(3, 2), "single")
        put(f, "text", np.array([[ord(c)] for c in "Grüße"], "u2"), "char", MATLAB_int_decode=np.int32(2))
        put(f, "yes", np.array([[1]], "u1"), "logical", MATLAB_int_decode=np.int32(1))
        put(f, "nothing", np.array([0, 0], "u8"), "double", MATLAB_empty=np.uint8(1))
        put(f, "complex", np.array([[(1.0, 2.0)]], [("real", "f8"), ("imag", "f8")]), "double")
        refs = f.create_group("#refs#")
        a = put(refs, "a", np.array([[67], [122]], "u2"), "char", MATLAB_int_decode=np.int32(2))
        b = put(refs, "b", np.array([[3.5]]), "double")
        cell = f.create_dataset("c", data=np.array([[a.ref], [b.ref]], dtype=h5py.ref_dtype))
        cell.attrs["MATLAB_class"] = np.bytes_("cell")
        s = f.create_group("s")
        s.attrs["MATLAB_class"] = np.bytes_("struct")
        put(s, "name", np.array([[108], [101]], "u2"), "char", MATLAB_int_decode=np.int32(2))
        put(s, "at", np.array([[7.0]]), "double")
        several = f.create_group("several")
        several.attrs["MATLAB_class"] = np.bytes_("struct")
        several.create_dataset("v", data=np.array([[a.ref, b.ref]], dtype=h5py.ref_dtype))
        sparse = f.create_group("sparse")
        sparse.attrs["MATLAB_class"] = np.bytes_("double")
        sparse.attrs["MATLAB_sparse"] = np.uint64(4)
        sparse.create_dataset("data", data=np.array([1.0]))
    head = b"MATLAB 7.3 MAT-file, made by make_hdf5.py".ljust(116) + bytes(8) + b"\0\2IM"
    with open(path, "r+b") as f:
        f.write(head)


matlab("matlab.mat")
