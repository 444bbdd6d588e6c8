#!/usr/bin/env python3
"""The mean of the weights of several checkpoints of one run.

  python3 average.py --to OUT.pt A.pt B.pt ...
"""
import argparse
import pathlib

import torch


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("models", type=pathlib.Path, nargs="+")
    ap.add_argument("--to", type=pathlib.Path, required=True)
    a = ap.parse_args()
    cks = [torch.load(p, weights_only=False) for p in a.models]
    out = {"relations": cks[0]["relations"], "step": max(c["step"] for c in cks), "model": {}}
    for k in cks[0]["model"]:
        out["model"][k] = sum(c["model"][k] for c in cks) / len(cks)
    torch.save(out, a.to)


if __name__ == "__main__":
    main()
