"""CoNLL 2012 coreference scores: MUC, B-cubed, CEAF with entity similarity phi4, and their mean."""
import numpy as np


def _muc(gold, pred):
    where = {x: i for i, c in enumerate(pred) for x in c}
    num = den = 0
    for c in gold:
        parts = {where[x] if x in where else ("alone", x) for x in c}
        num += len(c) - len(parts)
        den += len(c) - 1
    return num, den


def _b3(gold, pred):
    where = {x: set(c) for c in pred for x in c}
    num = den = 0.
    for c in gold:
        s = set(c)
        num += sum(len(s & where.get(x, set())) / len(s) for x in c)
        den += len(c)
    return num, den


def _ceaf(gold, pred):
    if not gold or not pred:
        return 0., 0.
    from scipy.optimize import linear_sum_assignment
    g, p = [set(c) for c in gold], [set(c) for c in pred]
    sim = np.array([[2 * len(a & b) / (len(a) + len(b)) for b in p] for a in g])
    r, c = linear_sum_assignment(-sim)
    return float(sim[r, c].sum()), 0.


def conll(pairs):
    """pairs: (gold clusters, predicted clusters) of each document; clusters are lists of (start, end)."""
    out = {}
    for name, fn in (("muc", _muc), ("b3", _b3)):
        r, p = np.zeros(2), np.zeros(2)
        for g, q in pairs:
            r += fn(g, q)
            p += fn(q, g)
        out[name] = _f(r[0] / max(1e-9, r[1]), p[0] / max(1e-9, p[1]))
    s = sum(_ceaf(g, q)[0] for g, q in pairs)
    out["ceafe"] = _f(s / max(1, sum(len(g) for g, _ in pairs)), s / max(1, sum(len(q) for _, q in pairs)))
    out["conll"] = round((out["muc"] + out["b3"] + out["ceafe"]) / 3, 2)
    gm = [{x for c in g for x in c} for g, _ in pairs]
    pm = [{x for c in q for x in c} for _, q in pairs]
    t = sum(len(a & b) for a, b in zip(gm, pm))
    out["mentions"] = _f(t / max(1, sum(map(len, gm))), t / max(1, sum(map(len, pm))))
    return out


def _f(r, p):
    return round(float(200 * r * p / max(1e-9, r + p)), 2)
