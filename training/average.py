#!/usr/bin/env python3
"""The mean of the weights of several checkpoints of one run, in equal parts or by --parts.

  python3 average.py --to OUT.pt [--parts .4,.2,.4] A.pt B.pt ...
"""
import argparse
import pathlib

import torch


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("models", type=pathlib.Path, nargs="+")
    ap.add_argument("--to", type=pathlib.Path, required=True)
    ap.add_argument("--parts", help="one number a checkpoint, with a sum of 1")
    a = ap.parse_args()
    parts = [float(x) for x in a.parts.split(",")] if a.parts else [1 / len(a.models)] * len(a.models)
    if len(parts) != len(a.models) or abs(sum(parts) - 1) > 1e-6:
        ap.error("--parts needs one number a checkpoint, with a sum of 1")
    cks = [torch.load(p, weights_only=False) for p in a.models]
    out = {"relations": cks[0]["relations"], "step": max(c["step"] for c in cks), "model": {}}
    for k in cks[0]["model"]:
        out["model"][k] = sum(w * c["model"][k] for w, c in zip(parts, cks))
    torch.save(out, a.to)


if __name__ == "__main__":
    main()
