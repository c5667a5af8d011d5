"""Makes the files beside it with NumPy: python3 make_npy.py (NumPy 1.24 and Python 3.11 made those kept here)."""
import collections, io, pickle, zipfile
import numpy as np

def save(name, a, **kw):
    np.save(name, a, **kw)

grid = np.arange(24).reshape(2, 3, 4)
for code in ["?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16"]:
    for order in "<>":
        values = (grid % 2 if code == "?" else grid - (0 if code[0] in "u" else 5)) * (0.5 if code[0] in "fc" else 1)
        a = values.astype(np.dtype(order + code))
        if code[0] == "c":
            a = a + 1j * a[::-1]
            a = a.astype(np.dtype(order + code))
        name = {"<": "le", ">": "be"}[order] + "_" + code.replace("?", "b1")
        save(name + "_c.npy", a)
        if code in ("f4", "i2"):
            save(name + "_f.npy", np.asfortranarray(a))
save("scalar.npy", np.float64(2.5))
save("empty.npy", np.zeros((0, 3), "f4"))
save("text.npy", np.array([["a", "größer"], ["", "🧠!"]]))
save("text_be.npy", np.array(["a", "bc"]).astype(">U3"))
save("bytes.npy", np.array([b"a", b"bcd", b"\xe4"]))
save("time.npy", np.array(["1970-01-02", "1970-01-11"], "M8[D]"))
record = np.zeros(3, dtype=np.dtype([("onset", "<f8"), ("code", ">i2"), ("name", "<U4"), ("xyz", "<f4", (3,))], align=True))
for i in range(3):
    record[i] = (i + 0.25, i - 1, "n%d" % i, (i, i * 10, i * 100))
save("record.npy", record)
for version in ((1, 0), (2, 0), (3, 0)):
    with open("version%d.npy" % version[0], "wb") as f:
        np.lib.format.write_array(f, np.arange(3, dtype="i4"), version=version)
np.savez("plain.npz", a=np.arange(6.0).reshape(2, 3), b=np.array(["x", "yz"]), c=np.asfortranarray(np.arange(6).reshape(2, 3)))
np.savez_compressed("packed.npz", a=np.arange(6.0).reshape(2, 3), b=np.array(["x", "yz"]), zeros=np.zeros(1000))

tree = {
    "array": np.arange(6, dtype="f4").reshape(2, 3),
    "fortran": np.asfortranarray(np.arange(6, dtype=">i2").reshape(2, 3)),
    "texts": np.array(["Fp1", "Oz"]),
    "objects": np.array([1, "two", None], dtype=object),
    "record": np.array([(1, 2.5)], dtype=[("a", "i4"), ("b", "f8")]),
    "list": [1, -2, 2 ** 40, 2 ** 80, 1.5, True, False, None, "é\n🧠"],
    "tuple": (1, (2, 3)),
    "bytes": b"\x00\xff",
    "nested": collections.OrderedDict([("x", {"y": []})]),
    "scalars": [np.float64(1.25), np.int16(-3), np.bool_(True), np.str_("s")],
    7: "seven",
    (1, "k"): "pair",
}
shared = np.ones(2)
tree["twice"] = [shared, shared]
for protocol in range(6):
    with open("tree%d.pkl" % protocol, "wb") as f:
        pickle.dump(tree, f, protocol=protocol)
# What NumPy 2 calls its modules.
data = open("tree2.pkl", "rb").read()
open("tree2_numpy2.pkl", "wb").write(data.replace(b"numpy.core.", b"numpy._core."))
save("dict.npy", {"ch_names": ["a", "b"], "data": np.arange(4.0).reshape(2, 2)}, allow_pickle=True)

class Evil:
    def __reduce__(self):
        import os
        return (os.system, ("echo hacked",))
open("evil.pkl", "wb").write(pickle.dumps({"a": Evil()}, protocol=4))

# The kinds of THINGS-EEG2, small: reference notes, "Data formats".
stim = np.zeros(50)
stim[[10, 11, 30]] = [3, 3, 99999]
stim[31] = 4
raw = np.vstack([np.arange(50) * 1e-6, -np.arange(50) * 1e-6, stim])
np.save("things_raw.npy", {"raw_eeg_data": raw, "ch_names": ["Pz", "Oz", "stim"], "ch_types": ["eeg", "eeg", "stim"],
                           "sfreq": 1000, "highpass": 0.01, "lowpass": 100.0})
epochs = np.arange(3 * 2 * 2 * 5, dtype="f8").reshape(3, 2, 2, 5)
np.save("things_epochs.npy", {"preprocessed_eeg_data": epochs, "ch_names": ["O1", "O2"], "times": np.arange(5) / 100 - 0.2})
with open("things_pickle.npy", "wb") as f:
    pickle.dump({"preprocessed_eeg_data": epochs, "ch_names": ["O1", "O2"], "times": np.arange(8) / 250 - 0.012}, f, protocol=4)
np.save("things_plain.npy", np.arange(2 * 3 * 2 * 2 * 5, dtype="f4").reshape(2, 3, 2, 2, 5))
