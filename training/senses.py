#!/usr/bin/env python3
"""What words stand for where they stand: the projection of the second reading's vectors that tells happenings apart
(crates/chancery-reader/weights/senses.safetensors).

    python3 senses.py --example target/release/examples/senses --data DIR --real gold/pairs/news.jsonl --to senses.safetensors FOLDER...

Linear discriminants: what differs between mentions of one happening (FOLDERs of marked stories; pairs of the part `train` that are
marked `same`) is made small, by the inverse square root of its covariance drawn towards the identity; of what is left the directions
are kept in which the words of those pairs differ most. The vectors come from the example `senses`, built without or with an older file.
"""
import argparse
import collections
import json
import pathlib
import subprocess
import tempfile

import numpy as np
from safetensors.numpy import save_file

from piles import lines, plain

SIZE = 32
# How far the covariance within happenings is drawn towards the identity, and what a marked story weighs beside a pair of news.
SHRINK, STORIES = 0.3, 0.3


def vectors(example, reports):
    with tempfile.TemporaryDirectory() as tmp:
        out = pathlib.Path(tmp) / "v"
        subprocess.run([example, out], input="\n".join(map(json.dumps, reports)), text=True, check=True)
        with open(out, "rb") as f:
            head = json.loads(f.readline())
            got = {}
            while line := f.readline():
                got[tuple(json.loads(line))] = np.frombuffer(f.read(4 * head["width"]), "<f4").astype(float)
    return head["reader"], got


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("folders", nargs="+")
    ap.add_argument("--example", required=True)
    ap.add_argument("--data", required=True)
    ap.add_argument("--real", required=True)
    ap.add_argument("--to", required=True)
    a = ap.parse_args()
    groups, reports = [], []
    for folder in map(pathlib.Path, a.folders):
        at = collections.defaultdict(list)
        for e in lines(folder / "events.jsonl"):
            spots = [(f"{folder.name}/{m['report']}", m["start"], m["start"] + len(m["words"])) for m in e["mentions"]]
            groups.append(spots)
            for s in spots:
                at[s[0]].append(s[1:])
        for r, places in at.items():
            text = (folder / "reports" / (r.split("/", 1)[1] + ".txt")).read_text(encoding="utf-8")
            reports.append({"id": r, "text": text, "places": places})
    articles = {x["id"]: x for x in lines(pathlib.Path(a.data) / "t17" / "articles.jsonl")}
    pairs = [r for r in lines(a.real) if r["part"] == "train"]
    wanted = collections.defaultdict(set)
    for r in pairs:
        for k in "ab":
            wanted[r[k][0]].add(tuple(r[k][1:]))
    for i, places in wanted.items():
        text = plain(articles[i]["text"])
        reports.append({"id": i, "text": text, "places": sorted(places)})
    reader, got = vectors(a.example, reports)
    news = np.array([v for k, v in got.items() if k[0] in wanted])
    print(f"{len(got)} words, {len(news)} of news")
    width = news.shape[1]
    within, n = np.zeros((width, width)), 0.0
    for spots in groups:
        own = np.array([got[s] for s in spots if s in got])
        if len(own) > 1:
            x = own - own.mean(0)
            within += STORIES * x.T @ x / len(own) ** .5
            n += STORIES * len(own) ** .5
    for r in pairs:
        x, y = got.get(tuple(r["a"])), got.get(tuple(r["b"]))
        if r["label"] == "same" and x is not None and y is not None:
            d = (x - y) / 2 ** .5
            within += np.outer(d, d)
            n += 1
    within /= n
    within = (1 - SHRINK) * within + SHRINK * np.trace(within) / width * np.eye(width)
    e, u = np.linalg.eigh(within)
    white = u / np.sqrt(e)
    mean = news.mean(0)
    _, _, v = np.linalg.svd((news - mean) @ white, full_matrices=False)
    # The sign of a direction is free; the largest number is made positive, so that the file is the same on every machine.
    v = v[:SIZE]
    v *= np.sign(v[np.arange(SIZE), abs(v).argmax(1)])[:, None]
    w = white @ v.T
    scale = np.maximum(abs(w).max(0) / 127, 1e-12)
    q = np.clip(np.round(w / scale), -127, 127).astype(np.int8)
    save_file({"weight": q, "weight.scale": scale.astype(np.float32), "bias": -(mean @ (q * scale)).astype(np.float32)[None, :]}, a.to,
              metadata={"format": "chancery-senses", "version": "1", "reader": reader})
    print(f"{a.to}: {pathlib.Path(a.to).stat().st_size} bytes")


if __name__ == "__main__":
    main()
