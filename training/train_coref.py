#!/usr/bin/env python3
"""Last step: the coreference head alone, over whole documents, on the frozen (and quantised) encoder.

  python3 train_coref.py --work DIR --model OUT/best.pt --to OUT/final.pt [--epochs 12]

Main training sees pairs inside one window only. Here mentions of a whole document are linked, and the candidates the reader itself
finds in its trees are added to the marked mentions, each as an entity of its own. What is written is the mean of the head before and
after: it is better than either on whole documents, and keeps what the main run learned of pronouns.
"""
import argparse
import pathlib
import random

import numpy as np
import torch

import data
import infer
from coref import candidates, mention_features
from doccoref import REACH, link, mention_vectors, word_vectors
from export import load
from quant import simulate
from scores import conll


def prepare(m, docs):
    """(document, mentions with entity, features, frozen mention vectors, predicted tags) of each document."""
    out = []
    for d, w in zip(docs, infer.vectors(m, docs)):
        upos, head, rel = infer.parse(m, d, w)
        found = candidates(d, upos, head, [m.relations[r] for r in rel])
        gold = {(s, e): (h, ent) for s, e, h, ent, _, _ in d["mentions"]}
        ms = [(s, e, h, ent) for (s, e), (h, ent) in gold.items()]
        ms += [(s, e, h, f"?{s}-{e}") for s, e, h in found if (s, e) not in gold]
        ms.sort(key=lambda x: (x[0], -x[1]))
        f = mention_features(d, ms, propn=upos == 11, entities=[x[3] for x in ms])
        out.append((d, ms, {k: torch.from_numpy(v) for k, v in f.items() if k != "sexes"}, mention_vectors(word_vectors(w), ms), upos))
    return out


def loss(m, item):
    _, ms, f, x, _ = item
    M = len(ms)
    ana, ant = m.coref_vectors(torch.nn.functional.dropout(x, .2))
    s, new = m.coref_scores(ana, ant, (f["types"], f["types"]), f["mdist"], f["sdist"], f["flags"], f["seen"])
    i = torch.arange(M)
    ok = f["ok"] & (i[:, None] - i[None, :] <= REACH)
    ids = {}
    ent = torch.tensor([ids.setdefault(q[3], len(ids)) for q in ms])
    same = (ent[:, None] == ent[None, :]) & ok
    every = torch.cat([new[:, None], s.masked_fill(~ok, -1e4)], 1)
    gold = torch.cat([~same.any(1, keepdim=True), same], 1)
    return (torch.logsumexp(every, 1) - torch.logsumexp(every.masked_fill(~gold, -1e9), 1)).mean()


def clusters(ms, ante):
    c, out = {}, []
    for i, j in enumerate(ante):
        if j >= 0:
            c[i] = c[j]
            out[c[j]].append(ms[i][:2])
        else:
            c[i] = len(out)
            out.append([ms[i][:2]])
    return [[tuple(map(int, x)) for x in k] for k in out if len(k) > 1]


def gold_clusters(d):
    by = {}
    for s, e, _, ent, _, _ in d["mentions"]:
        by.setdefault(ent, []).append((s, e))
    return [sorted(set(v)) for v in by.values() if len(set(v)) > 1]


def score(m, docs, gold_mentions=False):
    pairs = []
    for d, w in zip(docs, infer.vectors(m, docs)):
        upos, head, rel = infer.parse(m, d, w)
        if gold_mentions:
            ms = sorted({(s, e, h) for s, e, h, *_ in d["mentions"]}, key=lambda x: (x[0], -x[1]))
        else:
            ms = candidates(d, upos, head, [m.relations[r] for r in rel])
        pairs.append((gold_clusters(d), clusters(ms, link(m, d, w, ms, upos))))
    return conll(pairs)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--work", type=pathlib.Path, required=True)
    ap.add_argument("--model", type=pathlib.Path, required=True)
    ap.add_argument("--to", type=pathlib.Path, required=True)
    ap.add_argument("--epochs", type=int, default=12)
    ap.add_argument("--keep", type=float, default=.5, help="how much of the head of the main run is kept in the mean of the two")
    ap.add_argument("--threads", type=int, default=2)
    a = ap.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(1)
    rng = random.Random(1)
    m = simulate(load(a.model))
    train = data.load(a.work, "gum") + data.load(a.work, "own_coref")
    dev, news = data.load(a.work, "gum_dev"), data.load(a.work, "gum_news")
    items = prepare(m, train)
    for p in m.parameters():
        p.requires_grad_(False)
    params = [p for n, p in m.named_parameters() if n.startswith("coref")]
    for p in params:
        p.requires_grad_(True)
    opt = torch.optim.AdamW(params, lr=1e-3, weight_decay=.01)
    total, step, best = a.epochs * len(items), 0, None
    for ep in range(a.epochs):
        rng.shuffle(items)
        run = 0.
        for it in items:
            for g in opt.param_groups:
                g["lr"] = 1e-3 * (1 - step / total)
            l = loss(m, it)
            opt.zero_grad()
            l.backward()
            torch.nn.utils.clip_grad_norm_(params, 1.)
            opt.step()
            step += 1
            run += l.item()
        print(ep, f"{run / len(items):.4f}", flush=True)
        if ep % 4 != 3 and ep + 1 < a.epochs:
            continue
        r = score(m, dev)
        print(r, flush=True)
        if best is None or r["conll"] > best[0]:
            best = r["conll"], {n: p.detach().clone() for n, p in m.named_parameters() if n.startswith("coref")}
    ck = torch.load(a.model, weights_only=False)
    ck["model"].update({n: a.keep * ck["model"][n] + (1 - a.keep) * p for n, p in best[1].items()})
    torch.save({k: ck[k] for k in ("model", "relations", "step")}, a.to)
    m.load_state_dict({n: p for n, p in ck["model"].items() if n.startswith("coref")}, strict=False)
    print("dev", score(m, dev), "eight news documents", score(m, news))


if __name__ == "__main__":
    main()
