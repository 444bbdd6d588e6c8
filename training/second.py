#!/usr/bin/env python3
"""The second reading: two layers that go on from the encoder's fourth, and heads over the last vector of both. The encoder is held fixed.

  python3 second.py states --work PACKS --reader reader.pt --data DATA --to STATES   # vectors and trees of all texts, once (25 minutes)
  python3 second.py train  --states STATES --reader reader.pt --to OUT.pt [--steps 3000]
  python3 second.py export --model OUT.pt --reader reader.pt --weights reader.safetensors --to second.safetensors [--expect expect.json]

reader.pt is a checkpoint, of `reload.py` say; what is written goes with the weights it was made from and with no others.
"""
import argparse
import json
import pathlib
import pickle
import random
import struct
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from labels import BIO3, HAPPEN, MEASURE, NAMES, NONE, PART, STANDING
from model import Drop, Layer, bio_constraints, crf_nll, dist_bucket, sent_bucket
from quant import quantize

AFTER, LAYERS, WIDTH, PAIR, WAYS = 4, 2, 768, 128, 512
SMALL = 24_000   # matrices of more numbers are rounded to 8 bits, as those of the layers
# Shares of passages drawn; a passage has 15 to 250 words.
MIXTURE = {"news": .33, "written": .17, "sets": .09, "examples": .02, "figures": .07, "own_names": .14, "nested": .02, "times": .04, "own_times": .01, "polnear": .11}
WEIGHT = {"happen": 1., "standing": .4, "parts": .7, "measure": .6, "counts": .7, "names": .5, "time": .5, "attr": .35}
PLAIN = ("happen", "standing", "measure", "names", "time")


class Second(nn.Module):
    def __init__(self, drop=.2):
        super().__init__()
        r = lambda *s: nn.Parameter(torch.randn(*s) / s[-1] ** .5 * .3)
        z = lambda *s: nn.Parameter(torch.zeros(*s))
        self.L = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.happen, self.standing, self.measure = nn.Linear(WIDTH, len(HAPPEN)), nn.Linear(WIDTH, len(STANDING)), nn.Linear(WIDTH, len(MEASURE))
        self.attr, self.names, self.time = nn.Linear(WIDTH, 12), nn.Linear(WIDTH, len(NAMES)), nn.Linear(WIDTH, 3)
        self.attr_trans, self.attr_start, self.time_trans, self.time_start = z(4, 3, 3), z(4, 3), z(1, 3, 3), z(1, 3)
        for head, k in (("part", len(PART)), ("count", 2)):
            setattr(self, head + "_cue", nn.Linear(WIDTH, PAIR))
            setattr(self, head + "_word", nn.Linear(WIDTH, PAIR))
            for name, p in (("u", r(k, PAIR, PAIR)), ("v", z(k, PAIR)), ("dist", z(17, k)), ("sent", z(7, k)), ("way", z(WAYS, k))):
                setattr(self, f"{head}_{name}", p)
        self.d = Drop(drop)

    def start(self, reader):
        """Layers and heads of a trained reader to begin from."""
        for k, layer in enumerate(self.L):
            layer.load_state_dict(reader.enc.L[min(len(reader.enc.L) - 1, AFTER + k)].state_dict())
        with torch.no_grad():
            for n in ("attr", "names", "time"):
                own, old = getattr(self, n), getattr(reader, n)
                own.weight.zero_()
                own.weight[:, :WIDTH // 2] = old.weight
                own.bias.copy_(old.bias)
            for n in ("attr_trans", "attr_start", "time_trans", "time_start"):
                getattr(self, n).copy_(getattr(reader, n))
        return self

    def words(self, b):
        x = b["middle"]
        m = None if bool(b["mask"].all()) else b["mask"][:, None, None, :]
        for layer in self.L:
            x = layer(x, m)
        first = b["first"][:, :, None].expand(-1, -1, WIDTH // 2)
        return self.d(torch.cat([torch.gather(b["last"], 1, first), torch.gather(x, 1, first)], 2))

    def pairs(self, head, h, sent, of):
        """Scores of what each word of a window is to the words `of` -> [N, W, roles]"""
        i, c, _, way = of
        p = lambda n: getattr(self, f"{head}_{n}")
        dist, across = torch.arange(h.shape[1])[None] - c[:, None], sent[i] - sent[i, c][:, None]
        a, w = F.relu(p("cue")(h[i, c])), F.relu(p("word")(h))[i]
        s = torch.einsum("na,rab,nwb->nwr", a, p("u"), w) + torch.einsum("rb,nwb->nwr", p("v"), w)
        return s + p("dist")[dist_bucket(dist)] + p("sent")[sent_bucket(across)] + p("way")[way]


def ways(d, t, relations):
    """The class of the way through the tree from word t to each word: relations upwards, relations downwards, at most four each, the
    direction, and whether t is a verb, hashed (FNV-1a); 0 where there is none as short. As in crates/chancery-reader/src/neural/heads/told.rs."""
    verb, head, rel = d["tree"]
    up = [t]
    while head[up[-1]] >= 0 and len(up) < 5:
        up.append(int(head[up[-1]]))
    at = {}
    for k, x in enumerate(up):
        at.setdefault(x, k)
    out = np.zeros(len(head), np.int64)
    for w in range(len(head)):
        if d["sent"][w] != d["sent"][t]:
            continue
        down, i = [], w
        while i not in at and head[i] >= 0 and len(down) < 4:
            down.append(i)
            i = int(head[i])
        if i in at:
            text = "V" if verb[t] else "N"
            text += "".join("^" + relations[rel[u]] for u in up[:at[i]]) + "".join("v" + relations[rel[x]] for x in reversed(down)) + ("<" if w < t else ">")
            h = 0x811C9DC5
            for b in text.encode():
                h = ((h ^ b) * 0x01000193) & 0xFFFFFFFF
            out[w] = 1 + h % (WAYS - 1)
    return out


def collate(ds):
    B, S, W = len(ds), max(len(d["last"]) for d in ds), max(len(d["first"]) for d in ds)
    b = {"middle": torch.zeros(B, S, WIDTH // 2), "last": torch.zeros(B, S, WIDTH // 2), "mask": torch.zeros(B, S, dtype=torch.bool),
         "first": torch.zeros(B, W, dtype=torch.long), "sent": torch.full((B, W), -9), "attr": torch.full((B, W, 4), NONE),
         "marked": torch.tensor([bool(d.get("marked")) for d in ds])}
    b.update({k: torch.full((B, W), NONE) for k in PLAIN})
    pairs = {"parts": ([], [], [], []), "counts": ([], [], [], [])}
    long = lambda x: torch.from_numpy(np.asarray(x).astype(np.int64))
    for k, d in enumerate(ds):
        n, w = len(d["last"]), len(d["first"])
        for name in ("middle", "last"):
            b[name][k, :n] = torch.from_numpy(d[name].astype(np.float32))
        b["mask"][k, :n] = True
        b["first"][k, :w], b["sent"][k, :w] = long(d["first"]), long(d["sent"])
        for a in PLAIN:
            if a in d:
                b[a][k, :w] = long(d[a])
        if "attr" in d:
            b["attr"][k, :w, :3] = long(d["attr"][:, :3])
        if "inner" in d:
            b["attr"][k, :w, 3] = long(d["inner"])
        for name, (i, c, y, way) in pairs.items():
            for (t, of), of_way in zip(d.get(name, ()), d.get("way_" + name, ())):
                i.append(k)
                c.append(t)
                y.append(F.pad(long(of), (0, W - w), value=NONE))
                way.append(F.pad(long(of_way), (0, W - w)))
    for name, (i, c, y, way) in pairs.items():
        b[name] = (torch.tensor(i), torch.tensor(c), torch.stack(y), torch.stack(way)) if i else None
    return b


def ce(o, y):
    return F.cross_entropy(o.reshape(-1, o.shape[-1]), y.reshape(-1), ignore_index=NONE, reduction="sum")


def losses(m, b):
    """The loss of each head, a share of what there is to find: a happening weighs the same in a long passage and in a short one."""
    h, out = m.words(b), {}
    some = lambda y: (y != NONE).flatten(1).any(1)
    if (k := some(b["happen"])).any():
        n = (b["happen"][k] > 0).sum().clamp_min(6)
        out["happen"], out["standing"] = ce(m.happen(h[k]), b["happen"][k]) / n, ce(m.standing(h[k]), b["standing"][k]) / n
    if (k := some(b["measure"])).any():
        out["measure"] = ce(m.measure(h[k]), b["measure"][k]) / (b["measure"][k] != NONE).sum()
    for name, head in (("parts", "part"), ("counts", "count")):
        if b[name]:
            out[name] = ce(m.pairs(head, h, b["sent"], b[name]), b[name][2]) / len(b[name][0])
    if (k := some(b["names"])).any():
        o, y = m.names(h[k]), b["names"][k]
        known = y != NONE
        w = 1 + 2. * b["marked"][k][:, None].expand(y.shape)[known].float()   # names that people marked weigh three times the silver ones
        out["names"] = (F.cross_entropy(o[known], y[known], reduction="none") * w).sum() / ((y > 0).sum().clamp_min(10) * w.mean())
    if (k := some(b["time"])).any():
        o, y = m.time(h[k]), b["time"][k]
        n = len(y)
        out["time"] = (crf_nll(o, y, m.time_trans.expand(n, 3, 3), m.time_start.expand(n, 3), y != NONE) * .7 + ce(o, y) * .3) / (y > 0).sum().clamp_min(10)
    if (k := some(b["attr"])).any():
        y = b["attr"][k]
        o = m.attr(h[k]).view(len(y), -1, 4, 3)
        loss = ce(o[:, :, 3], y[:, :, 3])
        known = y[:, :, 1] != NONE
        if (q := known.any(1)).any():
            e, g = o[q][:, :, :3], y[q][:, :, :3]
            n, W = g.shape[:2]
            loss = loss + .4 * ce(e, g) + crf_nll(e.permute(0, 2, 1, 3).reshape(n * 3, W, 3), g.permute(0, 2, 1).reshape(n * 3, W), m.attr_trans[:3].repeat(n, 1, 1),
                                                  m.attr_start[:3].repeat(n, 1), known[q].repeat_interleave(3, 0))
        out["attr"] = loss / ((y[:, :, 1] == 1) | (y[:, :, 3] == 1)).sum().clamp_min(4) / 8
    return out


def train(a):
    from second_scores import report
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    read = lambda n: pickle.load(open(a.states / f"{n}.pkl", "rb"))
    corpora = {n: read(n) for n in MIXTURE}
    dev = {p.stem: read(p.stem) for p in sorted(a.states.glob("dev_*.pkl"))}
    print({n: len(d) for n, d in corpora.items()}, flush=True)
    from export import load
    m = Second().start(load(a.reader))
    layers, old = list(m.L.parameters()), [p for n, p in m.named_parameters() if n.split(".")[0].split("_")[0] in ("attr", "names", "time")]
    known = {id(p) for p in layers + old}
    new = [p for p in m.parameters() if id(p) not in known]
    opt = torch.optim.AdamW([{"params": layers, "base": a.lr / 10}, {"params": new, "base": a.lr}, {"params": old, "base": a.lr / 5}], lr=a.lr, betas=(.9, .98), weight_decay=.02)
    queue = {n: [] for n in MIXTURE}

    def draw():
        n = rng.choices(list(MIXTURE), list(MIXTURE.values()))[0]
        if not queue[n]:
            queue[n] = rng.sample(corpora[n], len(corpora[n]))
        return queue[n].pop()

    step, t0, run = 0, time.time(), {}
    m.train()
    while step < a.steps:
        pool = sorted((draw() for _ in range(160)), key=lambda d: len(d["last"]) + rng.random() * 10)
        batches, i = [], 0
        while i < len(pool):
            e = i + 1
            while e < len(pool) and len(pool[e]["last"]) * (e - i + 1) <= 1800:
                e += 1
            batches.append(pool[i:e])
            i = e
        rng.shuffle(batches)
        for batch in batches[:a.steps - step]:
            ls = losses(m, collate(batch))
            step += 1
            height = min(1, step / 100) * max(.01, min(1, (a.steps - step) / (a.steps * .7)))
            for g in opt.param_groups:
                g["lr"] = g["base"] * height
            opt.zero_grad()
            sum(WEIGHT[n] * v for n, v in ls.items()).backward()
            nn.utils.clip_grad_norm_(m.parameters(), 1.)
            opt.step()
            for n, v in ls.items():
                run.setdefault(n, []).append(float(v.detach()))
            if step % 100 == 0:
                print(step, f"{time.time() - t0:.0f} s", {n: round(sum(v) / len(v), 3) for n, v in sorted(run.items())}, flush=True)
                run = {}
            if step % a.every == 0 or step == a.steps:
                report(m, dev)
                torch.save({"model": m.state_dict(), "step": step}, a.to)


def simulate(m):
    """The arithmetic of the exported file, in place (see quant.py)."""
    from quant import QLinear
    with torch.no_grad():
        for l in m.L:
            for n in ("qkv", "o", "f1", "f2"):
                lin = getattr(l, n)
                setattr(l, n, QLinear(*quantize(lin.weight.T.contiguous(), 63, 0), lin.bias.detach().clone()))
        for n, p in m.named_parameters():
            if not n.startswith("L.") and p.numel() > 4096:
                p.copy_(eighth(p.T).T if n.endswith("weight") and p.numel() > SMALL else eighth(p) if p.numel() > SMALL else p.half().float())
    return m.eval()


def eighth(p):
    """Rounded to 8 bits with one scale a column (of the last dimension)."""
    q, s = eight(p)
    return q.float() * s


def eight(p):
    s = (p.abs().flatten(0, -2).amax(0) / 127.).clamp_min(1e-12)
    return (p / s).round().clamp(-127, 127).to(torch.int8), s


def export(a):
    from export import layers
    from safetensors.torch import save_file
    m = Second()
    m.load_state_dict(torch.load(a.model, weights_only=False)["model"])
    # Attribution is learned beside the rest and not written: it gained nothing over the encoder's own head.
    t = {}
    t.update(layers(m.L))

    def put(name, p):
        if p.numel() > SMALL:
            t[f"head.{name}"], t[f"head.{name}.scale"] = eight(p)
        else:
            t[f"head.{name}"] = p.half() if p.numel() > 4096 else p

    def linear(name, l):
        put(f"{name}.w", l.weight.detach().T.contiguous())
        t[f"head.{name}.b"] = l.bias.detach()

    for n in ("names", "time", "happen", "standing", "measure"):
        linear(n, getattr(m, n))
    c3, cn = bio_constraints(BIO3), bio_constraints(NAMES)
    add = lambda p, c: p.detach() + torch.from_numpy(np.asarray(c))
    t["head.names.trans"], t["head.names.start"] = torch.from_numpy(cn[0]), torch.from_numpy(cn[1])
    t["head.time.trans"], t["head.time.start"] = add(m.time_trans[0], c3[0]), add(m.time_start[0], c3[1])
    for head in ("part", "count"):
        linear(f"{head}.cue", getattr(m, head + "_cue"))
        linear(f"{head}.word", getattr(m, head + "_word"))
        for n in ("u", "v", "dist", "sent", "way"):
            put(f"{head}.{n}", getattr(m, f"{head}_{n}").detach())
    with open(a.weights, "rb") as f:
        reader = json.loads(f.read(struct.unpack("<Q", f.read(8))[0]))["__metadata__"]["data"]
    meta = {"format": "chancery-second", "version": "1", "reader": reader, "names": json.dumps(NAMES), "happen": json.dumps(HAPPEN), "standing": json.dumps(STANDING),
            "part": json.dumps(PART), "measure": json.dumps(MEASURE),
            "dims": json.dumps({"hidden": WIDTH // 2, "after": AFTER, "layers": LAYERS, "heads": 12, "inner": 1536, "part": PAIR, "count": PAIR, "ways": WAYS})}
    save_file({k: v.contiguous().clone() for k, v in t.items()}, str(a.to), metadata=meta)
    print(f"{a.to}: {a.to.stat().st_size / 1e6:.2f} MB")
    if a.expect:
        from expect import expected
        from second_states import Again
        again = Again(a.reader, m)
        a.expect.write_text(json.dumps(expected(again.states.m, again), ensure_ascii=False, indent=0))
        print(a.expect)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = ap.add_subparsers(required=True)
    path = lambda p, *names: [p.add_argument("--" + n, type=pathlib.Path, required=True) for n in names]
    p = sub.add_parser("states")
    path(p, "work", "reader", "data", "to")
    p.set_defaults(run=lambda a: __import__("second_states").states(a))
    p = sub.add_parser("train")
    path(p, "states", "reader", "to")
    p.add_argument("--steps", type=int, default=3000)
    p.add_argument("--every", type=int, default=750)
    p.add_argument("--lr", type=float, default=2e-3)
    p.add_argument("--seed", type=int, default=0)
    p.add_argument("--threads", type=int, default=2)
    p.set_defaults(run=train)
    p = sub.add_parser("export")
    path(p, "model", "reader", "weights", "to")
    p.add_argument("--expect", type=pathlib.Path, help="also write the marks of sample.txt by the quantised reader and this")
    p.set_defaults(run=export)
    a = ap.parse_args()
    a.run(a)


if __name__ == "__main__":
    main()
