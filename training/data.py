"""Windows of documents, the mixture, and batches."""
import pickle
import random

import numpy as np
import torch

from coref import mention_features
from labels import NONE

MAX = 254          # pieces of a window without [CLS] and [SEP]
CLS, SEP = 101, 102


def load(work, name):
    with open(work / f"{name}.pkl", "rb") as f:
        docs = pickle.load(f)
    return [finish(d) for d in docs if len(d["words"])]


def case_of(word):
    """0 kept for [CLS], [SEP] and unknown; 1 lower, 2 Title or one capital, 3 CAPITALS, 4 mixed, 5 no cased letter."""
    up = sum(c.isupper() for c in word)
    low = sum(c.islower() for c in word)
    if not up and not low:
        return 5
    if not up:
        return 1
    if word[0].isupper() and up == 1:
        return 2
    return 3 if not low else 4


def finish(d):
    d["case"] = np.array([case_of(w) for w in d["words"]])
    d["plen"] = np.array([len(p) for p in d["pieces"]])
    cut = np.flatnonzero(np.diff(d["sent"])) + 1
    d["bounds"] = [0, *cut.tolist(), len(d["words"])]
    d["cum"] = np.concatenate([[0], np.cumsum(d["plen"])])
    return d


def units(d):
    """Sentences as word ranges, none over MAX pieces."""
    out = []
    for a, b in zip(d["bounds"], d["bounds"][1:]):
        while d["cum"][b] - d["cum"][a] > MAX:
            k = a + 1
            while d["cum"][k + 1] - d["cum"][a] <= MAX:
                k += 1
            out.append((a, k))
            a = k
        out.append((a, b))
    return out


def training_windows(docs, rng):
    """Windows of whole sentences; the first of a document has a random length. Short documents are put together."""
    out, cur, room = [], [], 0
    for d in rng.sample(docs, len(docs)):
        us = units(d)
        short = d["cum"][-1] < 120
        if not short:
            first = rng.randint(50, MAX)
            a, limit = 0, first
            for s, e in us:
                if d["cum"][e] - d["cum"][a] > limit and s > a:
                    out.append([(d, a, s)])
                    a, limit = s, MAX
            out.append([(d, a, len(d["words"]))])
            continue
        n = int(d["cum"][-1])
        if cur and n > room:
            out.append(cur)
            cur = []
        if not cur:
            room = rng.randint(30, MAX)
        cur.append((d, 0, len(d["words"])))
        room -= n
    if cur:
        out.append(cur)
    return out


class Mixture:
    """Draws windows from corpora by weight; every corpus is passed through in shuffled order, again and again."""

    def __init__(self, corpora, weights, seed):
        self.corpora, self.names = corpora, sorted(corpora)
        self.weights = [weights[n] for n in self.names]
        self.rng = random.Random(seed)
        self.queue = {n: [] for n in self.names}
        self.passes = {n: 0 for n in self.names}

    def draw(self):
        n = self.rng.choices(self.names, self.weights)[0]
        if not self.queue[n]:
            self.queue[n] = training_windows(self.corpora[n], self.rng)
            self.rng.shuffle(self.queue[n])
            self.passes[n] += 1
        return self.queue[n].pop()

    def batches(self, budget=2048):
        """Endless lists of windows of about `budget` pieces, similar in length."""
        while True:
            ws = sorted((self.draw() for _ in range(32)), key=lambda w: sum(int(d["cum"][b] - d["cum"][a]) for d, a, b in w))
            group, out = [], []
            for w in ws:
                n = sum(int(d["cum"][b] - d["cum"][a]) for d, a, b in w) + 2
                if group and (len(group) + 1) * n > budget:
                    out.append(group)
                    group = []
                group.append(w)
            out.append(group)
            self.rng.shuffle(out)
            yield from out


def collate(windows, nocase=()):
    """Tensors of a batch. `nocase`: windows read without their capitals, so that the reader does not depend on them."""
    B = len(windows)
    W = max(sum(b - a for _, a, b in w) for w in windows)
    S = max(sum(int(d["cum"][b] - d["cum"][a]) for d, a, b in w) for w in windows) + 2
    ids, mask = torch.zeros(B, S, dtype=torch.long), torch.zeros(B, S, dtype=torch.bool)
    case = torch.zeros(B, S, dtype=torch.long)
    first, sent = torch.zeros(B, W, dtype=torch.long), torch.full((B, W), -1)
    nwords = []
    lab = {k: torch.full((B, W), NONE) for k in ("names", "time", "event", "upos", "head", "rel", "inner", "source", "cue", "content")}
    links, coref = [], []
    for i, w in enumerate(windows):
        p, q, base = 1, 0, 0
        ids[i, 0] = CLS
        for d, a, b in w:
            for k in range(a, b):
                pc = d["pieces"][k]
                ids[i, p:p + len(pc)] = torch.tensor(pc)
                first[i, q + k - a] = p
                if i not in nocase:
                    case[i, p:p + len(pc)] = int(d["case"][k])
                p += len(pc)
            n = b - a
            sent[i, q:q + n] = torch.from_numpy(d["sent"][a:b].astype(np.int64) - int(d["sent"][a]) + base)
            base = int(sent[i, q + n - 1]) + 2
            for k in ("names", "time", "event", "upos", "rel", "inner"):
                if k in d:
                    lab[k][i, q:q + n] = torch.from_numpy(d[k][a:b].astype(np.int64))
            if "attr" in d:
                t = torch.from_numpy(d["attr"][a:b].astype(np.int64))
                for j, k in enumerate(("source", "cue", "content")):
                    lab[k][i, q:q + n] = t[:, j]
                for c, roles, known, _, _ in d["links"]:
                    if a <= c < b:
                        y = torch.zeros(W, dtype=torch.long)
                        for r, ws in enumerate(roles, 1):
                            y[[q + x - a for x in ws if a <= x < b]] = r
                        y[q + n:] = NONE
                        links.append((i, q + c - a, y, known))
            if "head" in d:
                h = torch.from_numpy(d["head"][a:b].astype(np.int64))
                ok = (h < 0) | ((h >= a) & (h < b))
                lab["head"][i, q:q + n] = torch.where(h < 0, 0, torch.where(ok, h - a + q + 1, NONE))
            if "mentions" in d:
                ms = [m for m in d["mentions"] if a <= m[0] and m[1] <= b]
                if len(ms) > 1:
                    coref.append((i, a - q, mention_features(d, ms, entities=[m[3] for m in ms]), ms))
            q += n
        ids[i, p] = SEP
        mask[i, :p + 1] = True
        nwords.append(q)
    marked = torch.tensor([float("gold_names" in w[0][0]) for w in windows])
    return {"marked": marked, "ids": ids, "mask": mask, "case": case, "first": first, "sent": sent, "n": torch.tensor(nwords), "labels": lab, "links": links, "coref": coref}


def plan(d, left=0, right=0):
    """Windows of a document for reading: (core start, core end, window start, window end) over words, all whole sentences.

    `left` and `right` bound the pieces of context on each side.
    """
    us, c, out, i = units(d), d["cum"], [], 0
    while i < len(us):
        s = i
        while s > 0 and c[us[i][0]] - c[us[s - 1][0]] <= left:
            s -= 1
        while s < i and c[us[i][1]] - c[us[s][0]] > MAX:   # room for at least one core sentence
            s += 1
        e = i + 1
        last = MAX - (right if c[-1] - c[us[s][0]] > MAX else 0)
        while e < len(us) and c[us[e][1]] - c[us[s][0]] <= last:
            e += 1
        f = e
        while f < len(us) and c[us[f][1]] - c[us[s][0]] <= MAX and c[us[f][1]] - c[us[e - 1][1]] <= right:
            f += 1
        out.append((us[i][0], us[e - 1][1], us[s][0], us[f - 1][1]))
        i = e
    return out
