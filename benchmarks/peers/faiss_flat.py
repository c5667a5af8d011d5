"""Times FAISS's IndexFlatIP on the vectors of benchmarks/indexes; run by peers/indexes.py with Debian's Python.

Arguments: FOLDER THREADS ROUNDS. Prints what and value, as the benchmark here does: medians in milliseconds of single queries, a
different one each, and of a batch of 256; how many of the ids in exact.txt are the same; peak memory.
"""
import statistics
import sys
import time

import faiss
import numpy as np

folder, threads, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
faiss.omp_set_num_threads(threads)
queries = np.load(folder + "/queries.npy")
vectors = np.load(folder + "/vectors.npy", mmap_mode="r")
index = faiss.IndexFlatIP(vectors.shape[1])
index.add(np.ascontiguousarray(vectors))
del vectors


def milliseconds(some):
    begin = time.perf_counter()
    _, ids = index.search(some, 10)
    return (time.perf_counter() - begin) * 1e3, ids


single = [milliseconds(queries[i : i + 1])[0] for i in range(2 + rounds * 5)][2:]
batch = [milliseconds(queries) for _ in range(1 + rounds)][1:]
print(f"single_ms {statistics.median(single):.4f}")
print(f"batch_ms {statistics.median(t for t, _ in batch):.4f}")
ours = [line.split() for line in open(folder + "/exact.txt")]
common = sum(len({int(a) for a in mine} & set(theirs.tolist())) for mine, theirs in zip(ours, batch[-1][1]))
print(f"agree {common / batch[-1][1].size:.4f}")
print("peak_mb", int(next(l for l in open("/proc/self/status") if l.startswith("VmHWM")).split()[1]) / 1024)
