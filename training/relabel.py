#!/usr/bin/env python3
"""Silver names of the packs, corrected by a reader that has learned from marked names too.

  python3 relabel.py --work DIR --model OUT/best.pt --to DIR2

Where the reader and the teacher agree, the label stays. Where they differ, the reader's label is taken when its score is --sure above the
teacher's; else the word has no name label and gives no loss. Packs with names marked by people are copied as they are.
"""
import argparse
import collections
import pathlib
import pickle
import shutil

import numpy as np
import torch

import data
import infer
from export import load
from labels import NONE
from model import viterbi

SILVER = "polnear polnear_other nested ewt times wikiwars tweets plv t17".split()


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--work", type=pathlib.Path, required=True)
    ap.add_argument("--model", type=pathlib.Path, required=True)
    ap.add_argument("--to", type=pathlib.Path, required=True)
    ap.add_argument("--sure", type=float, default=2.)
    a = ap.parse_args()
    a.to.mkdir(parents=True, exist_ok=True)
    m = load(a.model)
    for path in sorted(a.work.iterdir()):
        if path.stem not in SILVER or path.suffix != ".pkl":
            shutil.copy(path, a.to / path.name)
            continue
        with open(path, "rb") as f:
            docs = pickle.load(f)
        with open(path, "rb") as f:
            plain = [data.finish(d) for d in pickle.load(f)]   # a copy: packs hold no more than prep.py put in
        silver = lambda d: d["words"] and "names" in d and not d.get("gold_names")
        plain = [d for d in plain if silver(d)]
        full = [d for d in docs if silver(d)]
        n = collections.Counter()
        for k in range(0, len(full), 64):
            for d, w in zip(full[k:k + 64], infer.vectors(m, plain[k:k + 64])):
                with torch.inference_mode():
                    e = np.asarray(infer.emissions(m.names, w))
                p, y = np.asarray(viterbi(e, *infer.CN)), np.array(d["names"])
                i = np.flatnonzero((p != y) & (y != NONE))
                sure = e[i, p[i]] - e[i, y[i]] >= a.sure
                n["words"] += len(y)
                n["taken"] += int(sure.sum())
                n["left open"] += int((~sure).sum())
                y[i] = np.where(sure, p[i], NONE)
                d["names"] = y
        with open(a.to / path.name, "wb") as f:
            pickle.dump(docs, f, protocol=4)
        print(path.stem, dict(n), flush=True)


if __name__ == "__main__":
    main()
