"""The rows of benchmarks/all out of what its parts said: one_table.py OUT. Ratio above 1: here is so many times as fast."""
import csv
import os
import re
import sys

out = sys.argv[1]


def row(*cells):
    print("| " + " | ".join(str(c).replace("|", "/") for c in cells) + " |")


def cells(name):
    """Rows of the tables in Markdown that a part printed, heads left out."""
    path = f"{out}/{name}.log"
    lines = [l for l in open(path, encoding="utf-8")] if os.path.exists(path) else []
    for line, after in zip(lines, lines[1:] + [""]):
        if line.startswith("|") and not line.startswith("|---") and not after.startswith("|---"):
            yield [c.strip() for c in line.strip().strip("|").split("|")]


if os.path.exists(out + "/bench/bench.csv"):
    for r in csv.DictReader(open(out + "/bench/bench.csv", encoding="utf-8")):
        peer = r["peer"] + (": " + r["absent"] if r["absent"] else f" {float(r['peerMedian']):.4g}")
        ratio = f"{float(r['ratio']):.2f}" if r["ratio"] else "–"
        row(r["area"], r["what"], f"{float(r['median']):.4g} {r['unit']}", peer, ratio, "efferent bench --only " + r["area"])
for c in cells("reading"):
    row("readers", f"{c[0]}, {c[1]} MB", c[2] + " s", f"MNE-Python or numpy {c[3]}", c[4], "benchmarks/reading")
for c in cells("indexes"):
    if len(c) == 4:
        ratio = 1 / float(c[3]) if float(c[3]) else 0
        row("retrieval", c[0], c[1], f"FAISS {c[2]}", f"{ratio:.2f}", "benchmarks/indexes")
    else:
        row("retrieval", f"HNSW, breadth {c[0]}, recall {c[1]}, batch", c[4] + " ms", "here, exact", c[5], "benchmarks/indexes")
for c in cells("encoders"):
    ratio = 1 / float(c[4]) if float(c[4]) else 0
    peer = "here, the whole window" if "beside the window here" in c[1] else "PyTorch"
    what, unit = (c[1][:-4], "MB") if c[1].endswith(", MB") else (c[1].removesuffix(", beside the window here"), "ms")
    row("encoders", f"{c[0]}, {what}", f"{c[2]} {unit}", f"{peer} {c[3]}", f"{ratio:.2f}", "benchmarks/encoders")
for c in cells("bridge"):
    row("bridge", c[0], ", ".join(v for v in c[1:] if v) + (" ms (p50, p99)" if c[2] else " ms (p50)"), "none: no peer does this", "–", "benchmarks/bridge")
for name in ("jmh", "dashboard"):
    path = f"{out}/{name}.log"
    for line in open(path, encoding="utf-8") if os.path.exists(path) else []:
        found = re.match(r"(\w+)Benchmark\.(\w+)(:p0\.50|:p0\.99|)\s+(.*?)\s+(avgt|sample)\s+(?:\d+\s+)?([\d.≈⁻]+)(?:\s+±\s+[\d.]+)?\s+(\S+)", line)
        if found and not (found[5] == "sample" and not found[3]):  # of samples the quantiles, not the mean
            of = " ".join(w for w in found[4].split() if w != "N/A")
            quantile = {":p0.50": ", p50", ":p0.99": ", p99", "": ""}[found[3]]
            row("jmh", f"{found[1]}.{found[2]}, {of}{quantile}", f"{found[6]} {found[7]}", "see ring, filters", "–", "benchmarks/run")
        found = re.match(r"(.*?)\s+([\d.]+)\s+limit\s+([\d.]+)\s+\S+$", line) if name == "dashboard" else None
        if found:
            row("dashboards", found[1].removeprefix("dashboard, "), found[2], f"none: at most {found[3]}", "–", "benchmarks/dashboard")
for name in ("bench", "jmh", "reading", "indexes", "encoders", "bridge", "dashboard"):
    path = f"{out}/{name}.log"
    for line in open(path, encoding="utf-8") if os.path.exists(path) else []:
        if line.startswith("ended with status"):
            row(name, line.strip(), "–", "–", "–", f"benchmarks/{name}")
