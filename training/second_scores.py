"""Development scores of the second reading: of its heads alone, in floats, on the vectors of the quantised encoder."""
import numpy as np
import torch

from infer import C3, CN, f1, spans, typed_spans
from labels import NAMES, NONE
from model import viterbi
from second import collate

WIKI = {"person": "PER", "organization": "ORG", "place": "LOC"}


def report(m, dev):
    m.eval()
    kinds = {"dev_wikigold": names, "dev_polnear": attribution, "dev_timebank": times, "dev_figures": figures, "dev_news_figures": figures}
    with torch.inference_mode():
        for name, what in dev.items():
            got = kinds.get(name, told)(m, what)
            print("   ", name, {k: round(float(v), 1) for k, v in got.items()}, flush=True)
    m.train()


def told(m, ds):
    """Words that tell happenings, their types and standing; and, the word given, who is what to it: `parties` when all are right, `both` with the type."""
    found, kind, stand, part, whole, both = np.zeros(3), 0, np.zeros(2), np.zeros((4, 3)), np.zeros(2), 0
    for k in range(0, len(ds), 32):
        b = collate(ds[k:k + 32])
        h = m.words(b)
        y, p = b["happen"].numpy(), m.happen(h).argmax(2).numpy()
        found += ((p > 0) & (y > 0)).sum(), ((p > 0) & (y != NONE)).sum(), (y > 0).sum()
        kind += ((p == y) & (y > 0)).sum()
        s = b["standing"].numpy()
        stand += (m.standing(h).argmax(2).numpy() == s)[s != NONE].sum(), (s != NONE).sum()
        if b["parts"] is None:
            continue
        o = m.pairs("part", h, b["sent"], b["parts"]).argmax(2).numpy()
        for i, c, of, z in zip(*(x.numpy() for x in b["parts"][:2]), o, b["parts"][2].numpy()):
            known = z != NONE
            for r in (1, 2, 3):
                part[r] += ((of == r) & (z == r)).sum(), ((of == r) & known).sum(), (z == r).sum()
            ok = all((((of == r) & known) == (z == r)).all() for r in (1, 2))
            whole += ok, 1
            both += ok and p[i, c] == y[i, c]
    share = lambda a, n: 100 * a / max(1, n)
    return {"found": f1(*found), "recall": share(found[0], found[2]), "type": share(kind, found[2]), "standing": share(*stand), "actor": f1(*part[1]),
            "recipient": f1(*part[2]), "place": f1(*part[3]), "parties": share(*whole), "both": share(both, whole[1])}


def figures(m, ds):
    """What numbers measure, and what they count."""
    n, k, one = np.zeros(2), np.zeros(3), np.zeros(2)
    for j in range(0, len(ds), 16):
        b = collate(ds[j:j + 16])
        h, y = m.words(b), b["measure"].numpy()
        n += (m.measure(h).argmax(2).numpy() == y)[y != NONE].sum(), (y != NONE).sum()
        if b["counts"] is None:
            continue
        for o, z in zip(m.pairs("count", h, b["sent"], b["counts"]).argmax(2).numpy(), b["counts"][2].numpy()):
            known = z != NONE
            k += ((o == 1) & (z == 1)).sum(), ((o == 1) & known).sum(), (z == 1).sum()
            one += (((o == 1) & known) == (z == 1)).all(), 1
    return {"measure": 100 * n[0] / max(1, n[1]), "counted": f1(*k), "exact": 100 * one[0] / max(1, one[1])}


def scores(m, windows, head):
    """{document: scores of a head for all its words}"""
    parts = {}
    order = sorted(windows, key=lambda d: len(d["last"]))
    for k in range(0, len(order), 24):
        for d, x in zip(order[k:k + 24], getattr(m, head)(m.words(collate(order[k:k + 24]))).numpy()):
            parts.setdefault(d["id"], []).append((d["from"], x[:len(d["first"])]))
    return {i: np.concatenate([x for _, x in sorted(v, key=lambda z: z[0])]) for i, v in parts.items()}


def attribution(m, dev):
    windows, docs = dev
    e, trans, start = scores(m, windows, "attr"), m.attr_trans.detach().numpy(), m.attr_start.detach().numpy()
    tok, whole = np.zeros((3, 3)), np.zeros((3, 3))
    for d in docs:
        x, word = e[d["id"]].reshape(-1, 4, 3), np.array([any(c.isalnum() for c in w) for w in d["words"]])
        trim = lambda s: {(a + int(q[0]), a + int(q[-1]) + 1) for a, b in s if len(q := np.flatnonzero(word[a:b]))}
        for k in range(3):
            g, p = d["attr"][:, k], np.array(viterbi(x[:, k], trans[k] + C3[0], start[k] + C3[1]))
            tok[k] += ((g > 0) & (p > 0) & word).sum(), ((p > 0) & word).sum(), ((g > 0) & word).sum()
            a, b = trim(spans(g)), trim(spans(p))
            whole[k] += len(a & b), len(b), len(a)
    parts = ("source", "cue", "content")
    return {**{n: f1(*tok[k]) for k, n in enumerate(parts)}, **{n + "_span": f1(*whole[k]) for k, n in enumerate(parts)}}


def names(m, dev):
    windows, docs = dev
    e, per = scores(m, windows, "names"), {t: np.zeros(3) for t in WIKI.values()}
    for d, gold in docs:
        got = {(a, b, WIKI[t]) for a, b, t in typed_spans(viterbi(e[d["id"]], *CN), NAMES) if t in WIKI}
        for t, n in per.items():
            g, p = {x for x in gold if x[2] == t}, {x for x in got if x[2] == t}
            n += len(g & p), len(p), len(g)
    return {**{t: f1(*n) for t, n in per.items()}, "all": f1(*sum(per.values()))}


def times(m, dev):
    windows, docs = dev
    e, trans, start = scores(m, windows, "time"), m.time_trans[0].detach().numpy() + C3[0], m.time_start[0].detach().numpy() + C3[1]
    near, exact = np.zeros(3), np.zeros(3)
    for d in docs:
        p, g = spans(viterbi(e[d["id"]], trans, start)), spans(d["time"])
        over = lambda x, ys: any(x[0] < y[1] and y[0] < x[1] for y in ys)
        near += (sum(over(x, g) for x in p) + sum(over(x, p) for x in g)) / 2, len(p), len(g)
        exact += len(set(p) & set(g)), len(p), len(g)
    return {"relaxed": f1(*near), "exact": f1(*exact)}
