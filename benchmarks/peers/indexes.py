"""Runs the indexes' benchmark here and at FAISS in turns; called by benchmarks/indexes.

Arguments: JAVA CLASSPATH FOLDER [ROWS [WIDTH [THREADS [ROUNDS [SEED]]]]]. Each side is a process of its own a round; ratios are of the
medians over rounds of each round's median.
"""
import os
import statistics
import subprocess
import sys

java, classpath, folder = sys.argv[1:4]
rows, width, threads, rounds, seed = (sys.argv[4:] + ["1000000", "768", "2", "3", "0"][len(sys.argv) - 4 :])[:5]
BREADTHS = ["50", "100", "200", "400"]
TIMED = "3"  # batches a process


def run(command):
    """Figures by name; a kernel of BLAS that was chosen for us is not forced on the peer."""
    env = {k: v for k, v in os.environ.items() if k != "OPENBLAS_CORETYPE"}
    text = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=env).stdout.decode()
    return {line.split()[0]: float(line.split()[1]) for line in text.splitlines()}


def ours(part, *words, heap="256m"):
    return run([java, "-Xmx" + heap, "-cp", classpath, "org.efferent.benchmarks.IndexBenchmark", part, *words])


def line(what, mine, other):
    print(f"| {what} | {mine:.1f} | {other:.1f} | {mine / other:.2f} |", flush=True)


notes = []
if not os.path.exists(folder + "/exact.index"):
    notes.append(f"written in {ours('make', folder, rows, width, seed, heap='1g')['write_s']:.0f} s (checked, hashed)")
if not os.path.exists(folder + "/hnsw.index"):
    notes.append(f"graph built in {ours('graph', folder, threads, heap='4g')['graph_s']:.0f} s")
print(f"{rows} x {width}, seed {seed}, {threads} threads, {rounds} rounds in turns; load {os.getloadavg()[0]:.2f} at the start")
mine, other = [], []
for _ in range(int(rounds)):
    mine.append(ours("exact", folder, threads, TIMED))
    other.append(run(["/usr/bin/python3", os.path.dirname(__file__) + "/faiss_flat.py", folder, threads, TIMED]))


def median(runs, what):
    return statistics.median(r[what] for r in runs)


megabytes = int(rows) * int(width) * 4 / 2**20
print("| exact, top 10 | here | FAISS IndexFlatIP | ratio |")
print("|---|---|---|---|")
line("single query, ms", median(mine, "single_ms"), median(other, "single_ms"))
line("batch of 256, ms", median(mine, "batch_ms"), median(other, "batch_ms"))
line("peak memory, MB", median(mine, "peak_mb"), median(other, "peak_mb"))
line("peak memory beside the vectors, MB", median(mine, "peak_mb"), megabytes)
print(f"\nids in common: {median(other, 'agree'):.4f}\n")
print("| HNSW, breadth | recall@10 | single, ms | times the exact | batch, ms | times the exact | peak memory, MB |")
print("|---|---|---|---|---|---|---|")
for breadth in BREADTHS:
    r = ours("hnsw", folder, threads, TIMED, breadth)
    single, batch = median(mine, "single_ms") / r["hnsw_single_ms"], median(mine, "batch_ms") / r["hnsw_batch_ms"]
    print(
        f"| {breadth} | {r['hnsw_recall']:.4f} | {r['hnsw_single_ms']:.2f} | {single:.0f} "
        f"| {r['hnsw_batch_ms']:.1f} | {batch:.1f} | {r['peak_mb']:.0f} |",
        flush=True,
    )
print("\n" + "; ".join(notes + [f"load {os.getloadavg()[0]:.2f} at the end"]))
