#!/usr/bin/env python3
"""The weights that are shipped, as a checkpoint to train on from.

  python3 reload.py --weights reader.safetensors --to OUT.pt

What quantisation rounded stays rounded; constraints that the export added to the transitions of labels are taken off.
"""
import argparse
import json
import pathlib

import numpy as np
import torch
from safetensors import safe_open

from labels import BIO3
from model import Reader, bio_constraints


def load(path):
    with safe_open(str(path), "pt") as f:
        return {k: f.get_tensor(k).float() for k in f.keys()}, f.metadata()


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--weights", type=pathlib.Path, required=True)
    ap.add_argument("--to", type=pathlib.Path, required=True)
    a = ap.parse_args()
    t, meta = load(a.weights)
    m = Reader(json.loads(meta["rel"]))
    left = set(t)

    def take(name):
        left.discard(name)
        return t[name]

    def put(p, x):
        if p.shape != x.shape:
            raise SystemExit(f"{tuple(x.shape)} does not fit {tuple(p.shape)}")
        p.copy_(x)

    def lin(layer, name):
        put(layer.weight, take(f"head.{name}.w").T)
        put(layer.bias, take(f"head.{name}.b"))

    with torch.no_grad():
        put(m.enc.w.weight, take("emb.word.q") * take("emb.word.s").reshape(-1, 1))
        m.enc.p.weight.zero_()
        m.enc.p.weight[:258] = take("emb.pos")
        put(m.enc.c.weight, take("emb.case"))
        put(m.enc.n.weight, take("emb.ln.g"))
        put(m.enc.n.bias, take("emb.ln.b"))
        for i, l in enumerate(m.enc.L):
            for n in ("qkv", "o", "f1", "f2"):
                layer = getattr(l, n)
                put(layer.weight, (take(f"layer.{i}.{n}.q") * take(f"layer.{i}.{n}.s").reshape(1, -1)).T)
                put(layer.bias, take(f"layer.{i}.{n}.b"))
            for n, ln in (("ln1", l.n1), ("ln2", l.n2)):
                put(ln.weight, take(f"layer.{i}.{n}.g"))
                put(ln.bias, take(f"layer.{i}.{n}.b"))
        ct, cs = (torch.from_numpy(np.asarray(c)) for c in bio_constraints(BIO3))
        lin(m.attr, "attr")
        put(m.attr_trans, take("head.attr.trans") - ct)
        put(m.attr_start, take("head.attr.start") - cs)
        put(m.time_trans, (take("head.time.trans") - ct)[None])
        put(m.time_start, (take("head.time.start") - cs)[None])
        for name in ("role.cue", "role.word", "upos", "arc.dep", "arc.head", "rel.dep", "rel.head", "names", "time", "event", "coref.ana", "coref.ant"):
            lin(getattr(m, name.replace(".", "_")), name)
        for head, names in (("role", "u v dist sent"), ("arc", "u v root dist"), ("rel", "root u vd vh b"),
                            ("coref", "u v type mdist sdist flag new newtype newflag")):
            for n in names.split():
                put(getattr(m, f"{head}_{n}"), take(f"head.{head}.{n}").reshape(getattr(m, f"{head}_{n}").shape))
    left -= {"head.names.trans", "head.names.start"}   # constraints only
    if left:
        raise SystemExit(f"not understood: {', '.join(sorted(left))}")
    torch.save({"model": m.state_dict(), "step": 0, "relations": m.relations}, a.to)


if __name__ == "__main__":
    main()
