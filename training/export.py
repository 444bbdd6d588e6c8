#!/usr/bin/env python3
"""Write the reader's weights as one safetensors file (layout: FORMAT.md).

  python3 export.py --work DIR --model OUT/best.pt --to reader.safetensors [--expect expect.json]
"""
import argparse
import hashlib
import json
import pathlib

import torch
from safetensors.torch import save_file

from labels import ATTR, BIO3, EVENT, NAMES, ROLE, UPOS
from model import Reader, bio_constraints
from quant import quantize, simulate

VERSION = "3"


def load(path):
    ck = torch.load(path, weights_only=False)
    m = Reader(ck["relations"])
    m.load_state_dict(ck["model"])
    return m.eval()


def layers(all):
    """The tensors of an encoder's layers, quantised."""
    t = {}
    for i, l in enumerate(all):
        for n in ("qkv", "o", "f1", "f2"):
            lin = getattr(l, n)
            q, s = quantize(lin.weight.detach().T.contiguous(), 63, 0)
            t[f"layer.{i}.{n}.q"], t[f"layer.{i}.{n}.s"], t[f"layer.{i}.{n}.b"] = q.to(torch.int8), s, lin.bias.detach()
        for n, ln in (("ln1", l.n1), ("ln2", l.n2)):
            t[f"layer.{i}.{n}.g"], t[f"layer.{i}.{n}.b"] = ln.weight.detach(), ln.bias.detach()
    return t


def tensors(m):
    t = {}
    q, s = quantize(m.enc.w.weight.detach(), 127, 1)
    t["emb.word.q"], t["emb.word.s"] = q.to(torch.int8), s
    t["emb.pos"] = m.enc.p.weight.detach()[:258].clone()
    t["emb.case"] = m.enc.c.weight.detach()
    t["emb.ln.g"], t["emb.ln.b"] = m.enc.n.weight.detach(), m.enc.n.bias.detach()
    t.update(layers(m.enc.L))

    def lin(name, l):
        w = l.weight.detach().T.contiguous()
        t[f"head.{name}.w"] = w.half() if w.numel() > 4096 else w
        t[f"head.{name}.b"] = l.bias.detach()

    def raw(name, p):
        p = p.detach()
        t[f"head.{name}"] = p.half() if p.numel() > 4096 else p
    lin("attr", m.attr)
    import numpy as np
    c3, cn = bio_constraints(BIO3), bio_constraints(NAMES)
    add = lambda p, c: p.detach() + torch.from_numpy(np.asarray(c))
    t["head.attr.trans"], t["head.attr.start"] = add(m.attr_trans, c3[0]), add(m.attr_start, c3[1])
    lin("role.cue", m.role_cue)
    lin("role.word", m.role_word)
    for n in ("u", "v", "dist", "sent"):
        raw(f"role.{n}", getattr(m, f"role_{n}"))
    lin("upos", m.upos)
    lin("arc.dep", m.arc_dep)
    lin("arc.head", m.arc_head)
    for n in ("u", "v", "root", "dist"):
        raw(f"arc.{n}", getattr(m, f"arc_{n}"))
    lin("rel.dep", m.rel_dep)
    lin("rel.head", m.rel_head)
    for n in ("root", "u", "vd", "vh", "b"):
        raw(f"rel.{n}", getattr(m, f"rel_{n}"))
    lin("names", m.names)
    t["head.names.trans"], t["head.names.start"] = torch.from_numpy(cn[0]), torch.from_numpy(cn[1])
    lin("time", m.time)
    t["head.time.trans"], t["head.time.start"] = add(m.time_trans[0], c3[0]), add(m.time_start[0], c3[1])
    lin("event", m.event)
    lin("coref.ana", m.coref_ana)
    lin("coref.ant", m.coref_ant)
    for n in ("u", "v", "type", "mdist", "sdist", "flag", "new", "newtype", "newflag"):
        raw(f"coref.{n}", getattr(m, f"coref_{n}"))
    return {k: v.contiguous().clone() for k, v in t.items()}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--work", type=pathlib.Path, required=True)
    ap.add_argument("--model", type=pathlib.Path, required=True)
    ap.add_argument("--to", type=pathlib.Path, required=True)
    ap.add_argument("--expect", type=pathlib.Path, help="also write the marks of sample.txt by the quantised reader")
    a = ap.parse_args()
    torch.set_num_threads(2)
    m = load(a.model)
    h = hashlib.sha256()
    for p in sorted(a.work.glob("*.pkl")):
        if not p.stem.endswith("_dev"):
            h.update(p.stem.encode() + hashlib.sha256(p.read_bytes()).digest())
    meta = {"format": "chancery-reader", "version": VERSION, "base": "MiniLM-L6-H384 uncased", "data": h.hexdigest(),
            "dims": json.dumps({"hidden": 384, "layers": 6, "heads": 12, "inner": 1536, "vocab": 30522, "positions": 258, "cases": 6,
                                "role": 128, "arc": 256, "rel": 96, "coref": 128}),
            "attr": json.dumps(ATTR), "bio": json.dumps(BIO3), "role": json.dumps(ROLE), "upos": json.dumps(UPOS),
            "rel": json.dumps(m.relations), "names": json.dumps(NAMES), "event": json.dumps(EVENT)}
    a.to.parent.mkdir(parents=True, exist_ok=True)
    save_file(tensors(m), str(a.to), metadata=meta)
    print(f"{a.to}: {a.to.stat().st_size / 1e6:.2f} MB, sha256 {hashlib.sha256(a.to.read_bytes()).hexdigest()}")
    if a.expect:
        from expect import expected
        a.expect.write_text(json.dumps(expected(simulate(m)), ensure_ascii=False, indent=0))
        print(a.expect)


if __name__ == "__main__":
    main()
