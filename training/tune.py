#!/usr/bin/env python3
"""Offsets of the span layers, after training: one number added to the B and I scores of source, cue, content and time.

  python3 tune.py --work DIR --model IN.pt --to OUT.pt

The CRFs are trained for likelihood and come out shy of marking; F1 wants more. Source, cue and content are set on polnear_dev (the mean of token and
span F1), time on the held-back fifth of AQUAINT (the TimeBank fifth is scored and not looked at).
"""
import argparse
import pathlib

import numpy as np
import torch

import data
import infer
from export import load
from infer import C3, spans
from model import viterbi
from quant import simulate

GRID = [-1.5, -1.0, -.75, -.5, -.25, 0., .25, .5, .75, 1., 1.25, 1.5, 2.]


def f(tp, p, g):
    return 200 * tp / max(1, p + g)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--work", type=pathlib.Path, required=True)
    ap.add_argument("--model", type=pathlib.Path, required=True)
    ap.add_argument("--to", type=pathlib.Path, required=True)
    ap.add_argument("--context", default="0,0")
    a = ap.parse_args()
    m = simulate(load(a.model))
    ctx = tuple(map(int, a.context.split(",")))
    docs = data.load(a.work, "polnear_dev")
    with torch.inference_mode():
        E = [infer.emissions(m.attr, w).reshape(-1, 4, 3) for w in infer.vectors(m, docs, ctx)]
    t, s = m.attr_trans.detach().numpy(), m.attr_start.detach().numpy()
    best = []
    for k in range(3):
        rows = []
        for b in GRID:
            off = np.array([0, b, b], np.float32)
            tok, sp = np.zeros(3), np.zeros(3)
            for d, e in zip(docs, E):
                word = np.array([any(c.isalnum() for c in x) for x in d["words"]])
                p = np.array(viterbi(e[:, k] + off, t[k] + C3[0], s[k] + C3[1] + off * 0))
                g = d["attr"][:, k]
                tok += ((g > 0) & (p > 0) & word).sum(), ((p > 0) & word).sum(), ((g > 0) & word).sum()
                x, y = set(spans(g)), set(spans(p))
                sp += len(x & y), len(y), len(x)
            rows.append((f(*tok), f(*sp), b))
            print(("source", "cue", "content")[k], b, f"token {rows[-1][0]:.2f} span {rows[-1][1]:.2f}", flush=True)
        best.append(max(rows, key=lambda r: (r[0] + r[1], -abs(r[2])))[2])
    docs = data.load(a.work, "aquaint_dev")
    t, s = m.time_trans[0].detach().numpy() + C3[0], m.time_start[0].detach().numpy() + C3[1]
    with torch.inference_mode():
        E = [infer.emissions(m.time, w) for w in infer.vectors(m, docs, ctx)]
    over = lambda x, ys: any(x[0] < y[1] and y[0] < x[1] for y in ys)
    rows = []
    for b in GRID:
        n = np.zeros(3)
        for d, e in zip(docs, E):
            p, g = spans(viterbi(e + np.array([0, b, b], np.float32), t, s)), spans(d["time"])
            n += (sum(over(x, g) for x in p) + sum(over(x, p) for x in g)) / 2, len(p), len(g)
        rows.append((f(*n), b))
        print("time", b, f"{rows[-1][0]:.2f}")
    tb = max(rows, key=lambda r: (r[0], -abs(r[1])))[1]
    print("offsets", best, tb)
    ck = torch.load(a.model, weights_only=False)
    for k, b in enumerate(best):
        ck["model"]["attr.bias"][3 * k + 1:3 * k + 3] += b
    ck["model"]["time.bias"][1:3] += tb
    torch.save(ck, a.to)


if __name__ == "__main__":
    main()
