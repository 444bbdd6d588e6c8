"""Marks of documents by the reader, in Python, and their scores on development data."""
import numpy as np
import torch

import data
from labels import BIO3, NAMES, UPOS
from model import bio_constraints, viterbi

HALF = torch.cpu._is_avx512_bf16_supported()   # elsewhere bfloat16 is forty times slower than float32
CONTEXT = (0, 0)   # pieces of context (left, right) of a window; the choice is explained in README.md


@torch.inference_mode()
def vectors(m, docs, context=None, budget=4096, bf16=False):
    """For each document its windows as (core start, core end, window start, window end, word vectors of the window)."""
    left, right = context or CONTEXT
    jobs = [(k, p) for k, d in enumerate(docs) for p in data.plan(d, left, right)]
    size = lambda j: int(docs[j[0]]["cum"][j[1][3]] - docs[j[0]]["cum"][j[1][2]]) + 2
    jobs.sort(key=size)
    out = [[] for _ in docs]
    i = 0
    while i < len(jobs):
        e = i + 1
        while e < len(jobs) and size(jobs[e]) * (e - i + 1) <= budget:
            e += 1
        part = jobs[i:e]
        b = data.collate([[(bare(docs[k]), p[2], p[3])] for k, p in part])
        with torch.autocast("cpu", torch.bfloat16, enabled=bf16 and HALF):
            h = m.words(b["ids"], b["mask"], b["case"], b["first"])
        for (k, p), v in zip(part, h):
            out[k].append((*p, v[:p[3] - p[2]]))
        i = e
    for x in out:
        x.sort(key=lambda w: w[0])
    return out


def bare(d):
    return {k: d[k] for k in ("words", "sent", "pieces", "cum", "case")}


def emissions(fn, wins):
    """Concatenate fn(core vectors) over the windows of a document."""
    return np.concatenate([fn(v[a - s:b - s]).numpy() for a, b, s, e, v in wins])


def spans(path):
    """(start, end) of B I* runs; an I after O opens a span too."""
    out, st = [], None
    for i, y in enumerate([*path, 0]):
        if st is not None and y != 2:
            out.append((st, i))
            st = None
        if y == 1 or (y == 2 and st is None):
            st = i
    return out


def typed_spans(path, labels):
    out, st = [], None
    for i, y in enumerate([*path, 0]):
        k = labels[y]
        if st is not None and not (k[0] == "I" and k[2:] == st[1]):
            out.append((st[0], i, st[1]))
            st = None
        if k != "O" and st is None:
            st = (i, k[2:])
    return out


C3 = bio_constraints(BIO3)
CN = bio_constraints(NAMES)


@torch.inference_mode()
def attribution(m, wins):
    """BIO paths of source, cue, content, inner."""
    e = emissions(m.attr, wins).reshape(-1, 4, 3)
    t, s = m.attr_trans.detach().numpy(), m.attr_start.detach().numpy()
    return [viterbi(e[:, k], t[k] + C3[0], s[k] + C3[1]) for k in range(4)]


@torch.inference_mode()
def roles(m, d, wins, cues):
    """{cue word: (window start, role label of each word of its window)}"""
    out = {}
    for a, b, s, e, v in wins:
        cs = [c for c in cues if a <= c < b]
        if not cs:
            continue
        c = torch.tensor(cs) - s
        pos = torch.arange(e - s)
        sent = torch.from_numpy(d["sent"][s:e].astype(np.int64))
        o = m.roles(v[c], v[None], torch.zeros(len(cs), dtype=torch.long), pos[None] - c[:, None], sent[None] - sent[c][:, None]).argmax(-1).numpy()
        for k, y in zip(cs, o):
            out[k] = (s, y)
    return out


def max_tree(score):
    """Heads (0 = root) of the best tree with one root. score [n, n + 1] (dependent, head), by Chu-Liu and Edmonds."""
    n = len(score)
    greedy = score.argmax(1)
    if (greedy == 0).sum() == 1 and is_tree(greedy):
        return greedy
    full = np.full((n + 1, n + 1), -1e9)
    full[1:] = score
    np.fill_diagonal(full, -1e9)
    best = None
    first = np.argsort(-score[:, 0], kind="stable")[:min(n, 5)]
    for r in first:   # each likely root in turn: one root only
        f = full.copy()
        f[1:, 0] = -1e9
        f[r + 1, 0] = full[r + 1, 0]
        h = edmonds(f)
        t = sum(f[i, h[i]] for i in range(1, n + 1))
        if best is None or t > best[0]:
            best = (t, h)
    return np.array(best[1][1:])


def crosses(head):
    arcs = [(min(i + 1, int(h)), max(i + 1, int(h))) for i, h in enumerate(head)]
    return any(a < c < b < d for a, b in arcs for c, d in arcs)


def straightened(score, head, worth=4.):
    """The best tree without crossing arcs (Eisner 1996) where `head` crosses and it is not far worse. As in heads/projective.rs."""
    if not crosses(head):
        return head
    n = len(score)
    left, right, arc = (np.full((n, n), -np.inf) for _ in range(3))
    cut = np.zeros((3, n, n), int)
    np.fill_diagonal(left, 0)
    np.fill_diagonal(right, 0)
    s = score.astype(np.float64)
    for size in range(1, n):
        for a in range(n - size):
            z = a + size
            v = right[a, a:z] + left[a + 1:z + 1, z]
            cut[2, a, z] = a + v.argmax()
            arc[a, z] = v.max()
            v = left[a, a:z] + arc[a:z, z] + s[a:z, z + 1]
            cut[0, a, z] = a + v.argmax()
            left[a, z] = v.max()
            v = arc[a, a + 1:z + 1] + s[a + 1:z + 1, a + 1] + right[a + 1:z + 1, z]
            cut[1, a, z] = a + 1 + v.argmax()
            right[a, z] = v.max()
    root = int((left[0] + right[:, n - 1] + s[:, 0]).argmax())
    out, open_ = np.zeros(n, int), [(0, root, 0), (root, n - 1, 1)]
    while open_:
        a, z, way = open_.pop()
        if a == z:
            continue
        q = cut[way, a, z]
        out[q] = a + 1 if way else z + 1
        b, e = (a, q) if way else (q, z)
        open_ += [(q, z, 1) if way else (a, q, 0), (b, cut[2, b, e], 1), (cut[2, b, e] + 1, e, 0)]
    total = lambda h: sum(s[i, h[i]] for i in range(n))
    return out if total(head) - total(out) <= worth else head


def is_tree(head):
    for i in range(len(head)):
        seen, j = set(), i
        while head[j] != 0:
            if j in seen:
                return False
            seen.add(j)
            j = head[j] - 1
    return True


def edmonds(s):
    """Maximum arborescence from node 0; s [dependent, head] over nodes 0..n. Returns heads (0 for node 0)."""
    n = len(s)
    h = s.argmax(1)
    h[0] = 0
    color, cyc = [0] * n, None
    color[0] = 2
    for i in range(1, n):
        path, j = [], i
        while color[j] == 0:
            color[j] = 1
            path.append(j)
            j = h[j]
        if color[j] == 1:
            cyc = path[path.index(j):]
            break
        for k in path:
            color[k] = 2
    if cyc is None:
        return h
    inc = set(cyc)
    keep = [i for i in range(n) if i not in inc]
    pos = {v: k for k, v in enumerate(keep)}
    c = len(keep)
    t = np.full((c + 1, c + 1), -1e9)
    enter, leave = {}, {}
    base = sum(s[v, h[v]] for v in cyc)
    for u in keep:
        for v in keep:
            t[pos[u], pos[v]] = s[u, v]
        vals = [s[v, u] - s[v, h[v]] for v in cyc]
        k = int(np.argmax(vals))
        t[c, pos[u]] = vals[k] + base
        enter[u] = cyc[k]
        vals = [s[u, v] for v in cyc]
        k = int(np.argmax(vals))
        t[pos[u], c] = vals[k]
        leave[u] = cyc[k]
    g = edmonds(t)
    out = h.copy()
    u = keep[g[c]]
    out[enter[u]] = u
    for v in keep[1:]:
        out[v] = leave[v] if g[pos[v]] == c else keep[g[pos[v]]]
    return out


@torch.inference_mode()
def parse(m, d, wins):
    """UPOS numbers, heads (-1 = root, word index of the document), relation numbers."""
    n = len(d["words"])
    upos = emissions(m.upos, wins).argmax(1)
    head, rel = np.full(n, -1), np.zeros(n, np.int64)
    for a, b, s, e, v in wins:
        cut = sorted({a, b, *[x for x in d["bounds"] if a < x < b]})
        for x, y in zip(cut, cut[1:]):
            w = v[x - s:y - s]
            sc = m.arcs(w[None], torch.ones(1, y - x, y - x, dtype=torch.bool))[0].numpy()
            h = straightened(sc, max_tree(sc))
            t = torch.from_numpy(h.astype(np.int64))
            o = m.rels(w, w[(t - 1).clamp_min(0)], t == 0)
            o[:, m.relations.index("root")] = torch.where(t == 0, 1e4, -1e4)
            head[x:y] = np.where(h == 0, -1, x + h - 1)
            rel[x:y] = o.argmax(1).numpy()
    return upos, head, rel


def f1(tp, p, g):
    return round(200 * tp / max(1, p + g), 2)


def score_attr(m, docs, W):
    r, link = {}, np.zeros((2, 3))
    tok, sp = np.zeros((3, 3)), np.zeros((3, 3))
    for d, w in zip(docs, W):
        paths = attribution(m, w)
        word = np.array([any(c.isalnum() for c in x) for x in d["words"]])   # marks at edges are annotation habit
        trim = lambda s: {(s0 + int(q[0]), s0 + int(q[-1]) + 1) for s0, e0 in s if len(q := np.flatnonzero(word[s0:e0]))}
        for k in range(3):
            g, p = d["attr"][:, k], np.array(paths[k])
            tok[k] += ((g > 0) & (p > 0) & word).sum(), ((p > 0) & word).sum(), ((g > 0) & word).sum()
            a, b = trim(spans(g)), trim(spans(p))
            sp[k] += len(a & b), len(b), len(a)
        got = roles(m, d, w, [x[0] for x in d["links"]])
        for c, gold_roles, _, _, _ in d["links"]:
            s, y = got[c]
            for k, gold in enumerate(gold_roles[:2]):
                p = {s + int(i) for i in np.flatnonzero(y == k + 1)}
                link[k] += len(p & set(gold)), len(p), len(gold)
    for k, n in enumerate(("source", "cue", "content")):
        r[n] = f1(*tok[k])
        r[n + "_span"] = f1(*sp[k])
    r["link_source"], r["link_content"] = f1(*link[0]), f1(*link[1])
    return r


def score_parse(m, docs, W):
    n = u = ua = la = lf = 0
    main = [x.split(":")[0] for x in m.relations]
    for d, w in zip(docs, W):
        up, h, rl = parse(m, d, w)
        n += len(up)
        u += int((up == d["upos"]).sum())
        ok = h == d["head"]
        ua += int(ok.sum())
        lf += int((ok & (rl == d["rel"])).sum())
        la += sum(1 for i in np.flatnonzero(ok) if d["rel"][i] >= 0 and main[rl[i]] == main[d["rel"][i]])
    return n, u, ua, la, lf


def score_time(m, docs, W):
    t, s = m.time_trans[0].detach().numpy() + C3[0], m.time_start[0].detach().numpy() + C3[1]
    rel, ex, ev, cl = np.zeros(3), np.zeros(3), np.zeros(3), np.zeros(2)
    for d, w in zip(docs, W):
        with torch.inference_mode():
            p = spans(viterbi(emissions(m.time, w), t, s))
            e = emissions(m.event, w).argmax(1)
        g = spans(d["time"])
        over = lambda x, ys: any(x[0] < y[1] and y[0] < x[1] for y in ys)
        hit = sum(over(x, g) for x in p), sum(over(x, p) for x in g)
        rel += (hit[0] + hit[1]) / 2, len(p), len(g)
        ex += len(set(p) & set(g)), len(p), len(g)
        ge = d["event"]
        ev += ((e > 0) & (ge > 0)).sum(), (e > 0).sum(), (ge > 0).sum()
        b = (e > 0) & (ge > 0)
        cl += (e[b] == ge[b]).sum(), b.sum()
    return {"time_relaxed": f1(*rel), "time_exact": f1(*ex), "event": f1(*ev), "event_class": round(100 * cl[0] / max(1, cl[1]), 2)}


def evaluate(m, dev, quick=False, context=None):
    """Development scores of the heads that need no second step; `quick` uses bfloat16 where the processor has it."""
    V = {n: vectors(m, docs, context, bf16=quick) for n, docs in dev.items()}
    r = score_attr(m, dev["polnear_dev"], V["polnear_dev"])
    tot = np.zeros(5)
    for n in ("ewt_dev", "gum_dev"):
        x = np.array(score_parse(m, dev[n], V[n]), float)
        tot += x
        r.update({f"{n}_upos": round(100 * x[1] / x[0], 2), f"{n}_las": round(100 * x[3] / x[0], 2)})
    r.update(upos=round(100 * tot[1] / tot[0], 2), uas=round(100 * tot[2] / tot[0], 2), las=round(100 * tot[3] / tot[0], 2), las_full=round(100 * tot[4] / tot[0], 2))
    r.update(score_time(m, dev["timebank_dev"], V["timebank_dev"]))
    r["mean"] = round(float(np.mean([r[k] for k in ("source", "cue", "content", "source_span", "cue_span", "content_span", "link_content", "upos", "las", "time_relaxed", "event")])), 3)
    return r
