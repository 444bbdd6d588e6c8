"""What the second reading learns from: vectors of the fixed encoder (after its layer `AFTER` and its last), trees, and labels, by windows."""
import pickle
import time

import numpy as np
import torch

import data
import happenings
import infer
from coref import candidates
from doccoref import link
from export import load
from labels import UPOS
from model import viterbi
from prep import Pieces
from quant import simulate
from second import AFTER, collate, ways
from second import simulate as simulate_second

PACKS = ("own_names", "nested", "own_times", "times", "polnear")   # of prep.py
NO_CASE = 10   # one passage in so many is read without capitals as well, of names, times and PolNeAR
VERBS = "../crates/chancery-lexicon/data/verbs.examples.tsv"


class States:
    def __init__(self, reader):
        self.m = simulate(load(reader))   # vectors as the exported reader gives them
        self.seen = {}
        layers = self.m.enc.L
        layers[AFTER - 1].register_forward_hook(lambda _, i, o: self.seen.__setitem__("middle", o))
        layers[-1].register_forward_hook(lambda _, i, o: self.seen.__setitem__("last", o))

    @torch.inference_mode()
    def windows(self, docs, nocase=False):
        """(document, first word, end, {vectors, first piece of each word}), in no order."""
        jobs = [(d, p[0], p[1]) for d in docs for p in data.plan(d)]
        size = lambda j: int(j[0]["cum"][j[2]] - j[0]["cum"][j[1]]) + 2
        jobs.sort(key=size)
        i = 0
        while i < len(jobs):
            e = i + 1
            while e < len(jobs) and size(jobs[e]) * (e - i + 1) <= 4096:
                e += 1
            part = jobs[i:e]
            b = data.collate([[(infer.bare(d), x, y)] for d, x, y in part], range(len(part)) if nocase else ())
            self.m.enc(b["ids"], b["mask"], b["case"])
            for k, (d, x, y) in enumerate(part):
                n = size((d, x, y))
                got = {name: v[k, :n].half().numpy().copy() for name, v in self.seen.items()}
                yield d, x, y, {**got, "first": b["first"][k, :y - x].numpy().astype(np.int16), "sent": d["sent"][x:y], "id": d["id"], "from": x}
            i = e

    def labelled(self, docs, nocase=False):
        """Windows of a pack of prep.py."""
        out = []
        for d, x, y, w in self.windows(docs, nocase):
            for k in ("names", "time", "inner", "attr"):
                if k in d:
                    w[k] = np.asarray(d[k][x:y]).astype(np.int16)
            w["marked"] = "gold_names" in d
            out.append(w)
        return out

    def told(self, docs, settle):
        """Windows of marked happenings or figures, with trees; `settle(document, head, mentions, antecedents)` makes the labels."""
        out = []
        for d, x, y, w in self.windows(docs):
            if x > 0 or y < len(d["words"]):
                d = cut(d, x, y)
            v = torch.from_numpy(w["last"].astype(np.float32))[torch.from_numpy(w["first"].astype(np.int64))]
            wins = [(0, y - x, 0, y - x, v)]
            upos, head, rel = infer.parse(self.m, d, wins)
            mentions = candidates(d, upos, head, [self.m.relations[r] for r in rel])
            settle(d, head, mentions, link(self.m, d, wins, mentions, upos))
            w["tree"] = (np.asarray(upos) == UPOS.index("VERB"), np.asarray(head), np.asarray(rel))
            for k in ("happen", "standing", "parts", "measure", "counts"):
                if k in d:
                    w[k] = d[k]
            for k in ("parts", "counts"):
                if k in d:
                    w["way_" + k] = [ways(w, t, self.m.relations) for t, _ in d[k]]
            out.append(w)
        return out


class Again:
    """The second reading of a document, for expect.py: names and times by the mean of both readings. A document is one window here."""

    def __init__(self, reader, second):
        self.states, self.second = States(reader), simulate_second(second)

    @torch.inference_mode()
    def __call__(self, d, tree, upos):
        (_, x, y, w), = self.states.windows([d])
        assert (x, y) == (0, len(d["words"]))
        w["tree"] = tree
        relations = self.states.m.relations
        b = collate([w])
        h = self.second.words(b)[0:1]
        score = lambda n: getattr(self.second, n)(h)[0].numpy()
        first = infer.vectors(self.states.m, [d])[0]
        both = lambda n: (score(n) + infer.emissions(getattr(self.states.m, n), first)) / 2
        tt, ts = self.second.time_trans[0].detach().numpy(), self.second.time_start[0].detach().numpy()
        happen, event = score("happen"), infer.emissions(self.states.m.event, first).argmax(1)
        told = np.exp(happen - happen.max(1, keepdims=True))
        nothing = np.floor(1000 * told[:, 0] / told.sum(1) + .5)
        tells = [i for i in range(y) if event[i] > 0 or nothing[i] + 20 <= 1000]
        numbers = [i for i in range(y) if UPOS[upos[i]] == "NUM" or any(c in "0123456789" for c in d["words"][i])]

        def pairs(head, of):
            if not of:
                return []
            n = len(of)
            way = torch.from_numpy(np.stack([ways(w, t, relations) for t in of]))
            o = self.second.pairs(head, h, b["sent"], (torch.zeros(n, dtype=torch.long), torch.tensor(of), None, way)).argmax(2)
            return [{"of": i, "labels": row.tolist()} for i, row in zip(of, o)]

        return {"names": [int(v) for v in viterbi(both("names"), *infer.CN)], "time": [int(v) for v in viterbi(both("time"), tt + infer.C3[0], ts + infer.C3[1])],
                "happen": happen.argmax(1).tolist(), "standing": score("standing").argmax(1).tolist(), "measure": score("measure").argmax(1).tolist(),
                "parts": pairs("part", tells), "counted": pairs("count", numbers)}


def cut(d, a, b):
    """Some sentences of a report of figures; a passage of happenings is a window."""
    if "measure" not in d:
        raise SystemExit(f"{d['id']}: a passage of happenings is longer than a window")
    counts = [(t - a, y[a:b], [k - a for k in near] if near and a <= near[0] and near[-1] < b else None) for t, y, near in d["counts"] if a <= t < b]
    return data.finish({"id": d["id"], "words": d["words"][a:b], "sent": d["sent"][a:b], "pieces": d["pieces"][a:b], "measure": d["measure"][a:b], "counts": counts})


def states(a):
    from eval import wikigold
    torch.set_num_threads(2)
    s, P = States(a.reader), Pieces()
    a.to.mkdir(parents=True, exist_ok=True)

    def save(name, what):
        with open(a.to / f"{name}.pkl", "wb") as f:
            pickle.dump(what, f, protocol=4)
        print(name, len(what), f"{time.time() - t:.0f} s", flush=True)

    finish = lambda docs: [data.finish(d) for d in docs if d["words"]]
    told, figures = happenings.corpora(a.data)
    told["examples"] = list(happenings.examples(VERBS))
    for name, rows in told.items():
        t = time.time()
        save(name, s.told(finish(happenings.document(r, P) for r in rows), happenings.settle))
    for name, rows in figures.items():
        t = time.time()
        save(name, s.told(finish(happenings.figures(r, P) for r in rows), lambda d, head, *_: happenings.settle_figures(d, head)))
    for name in PACKS:
        t = time.time()
        docs = data.load(a.work, name)
        out = s.labelled(docs)
        if name in ("own_names", "polnear", "times"):
            out += s.labelled(docs[::NO_CASE], nocase=True)
        save(name, out)
    t = time.time()
    wiki = wikigold(a.data / "names/wikigold.conllu", P)
    save("dev_wikigold", (s.labelled([d for d, _ in wiki]), [({"id": d["id"], "words": d["words"]}, gold) for d, gold in wiki]))
    for name in ("polnear_dev", "timebank_dev"):
        docs = data.load(a.work, name)
        save(f"dev_{name[:-4]}", (s.labelled(docs), [{k: d[k] for k in ("id", "words", "attr", "time") if k in d} for d in docs]))
