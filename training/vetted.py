#!/usr/bin/env python3
"""The weights of the model that looks at disagreements once more (crates/chancery-link/src/conflicts/vetted/weights.tsv).

    python3 vetted.py --program target/release/chancery --example target/release/examples/disagreements --data DIR --to weights.tsv FOLDER...

Rules say what is set against each other; the example prints what the model sees of each two values of each such disagreement.
Each FOLDER holds marked stories (gold/link and the like): two values are right when they stand on two sides of a marked
disagreement. In the piles of printed news of gold/pairs (`DIR/t17/articles.jsonl`) they are right when a reader found the
disagreement that they are of right (`claims.jsonl`); those that no reader has seen are left out. Learned from stories but those of
`--without`, and from claims of the part `train`; `--check` trains without each story and pile in turn and says what would be
shown. A pair weighs one by the root of how many pairs its disagreement has. Logistic regression with an L2 penalty, numpy only. `--seen FILE` keeps what
the example prints, so that a second run is quick.
"""
import argparse
import collections
import json
import pathlib
import subprocess

import numpy as np

import piles
from logistic import fit
from piles import lines, plain

KINDS = ("figure", "date", "place", "status")
PAIRS = pathlib.Path(__file__).parent / "gold" / "pairs"


def see(given, example):
    out = subprocess.run([example], input="\n".join(map(json.dumps, given)), check=True, capture_output=True, text=True).stdout
    return [json.loads(x) for x in out.splitlines()]


def told(folder, rows):
    """Of a folder of marked stories: whether the two values of each row stand on two sides of a marked disagreement."""
    folder = pathlib.Path(folder)
    story = {o["report"]: o["story"] for o in lines(folder / "origins.jsonl")}
    gold = lines(folder / "conflicts.jsonl")
    for r in rows:
        right = False
        for g in gold:
            if g["kind"] != r["kind"]:
                continue
            at = [{n for n, side in enumerate(g["sides"]) for e in side["evidence"]
                   if e["report"] == a and s < e["start"] + len(e["words"]) and e["start"] < t} for a, s, t in r["pair"]]
            right |= any(i != j for i in at[0] for j in at[1])
        n = story[r["pair"][0][0]]
        yield dict(r, right=right, news=False, pile=f"story {n}", part="train", story=n, id=(folder.name, r["of"]))


def judged(pile, claims, rows):
    """Of a pile of printed news: the rows that are of a disagreement which a reader has judged."""
    at = collections.defaultdict(list)
    for n, c in enumerate(claims):
        for side, places in enumerate(c["sides"]):
            for article, s, t in places["places"]:
                at[c["kind"], article].append((s, t, n, side))
    for r in rows:
        here = [{(n, side) for s, t, n, side in at[r["kind"], a] if s < hi and lo < t} for a, lo, hi in r["pair"]]
        hit = [n for n, i in here[0] for m, j in here[1] if n == m and i != j]
        if hit:
            yield dict(r, right=any(claims[n]["right"] for n in hit), news=True, pile=pile["pile"], part=pile["part"], story=None,
                       id=(pile["pile"], r["of"]))


def shown(rows, score, least):
    """Disagreements with a pair that is likely enough: how many, and how many of them are right."""
    right = {r["id"] for r, s in zip(rows, score) if s >= least and r["right"]}
    return len({r["id"] for r, s in zip(rows, score) if s >= least}), len(right)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("folders", nargs="+")
    ap.add_argument("--program")
    ap.add_argument("--example")
    ap.add_argument("--data")
    ap.add_argument("--seen")
    ap.add_argument("--to")
    ap.add_argument("--without", default="", help="stories left out")
    ap.add_argument("--check", action="store_true")
    a = ap.parse_args()
    given = lines(PAIRS / "piles.jsonl")
    kept = pathlib.Path(a.seen) if a.seen else None
    if kept and kept.exists():
        raw = json.loads(kept.read_text())
    else:
        raw = {f: see(piles.stories(pathlib.Path(f), a.program), a.example) for f in a.folders}
        articles = {x["id"]: x for x in lines(pathlib.Path(a.data) / "t17" / "articles.jsonl")}
        for p in given:
            reports = [{"id": i, "text": plain(articles[i]["text"]), "published": articles[i]["date"][:10]} for i in p["reports"]]
            raw[p["pile"]] = see(reports, a.example)
            print(p["pile"], len(raw[p["pile"]]), flush=True)
        if kept:
            kept.write_text(json.dumps(raw))
    claims = collections.defaultdict(list)
    for c in lines(PAIRS / "claims.jsonl"):
        claims[c["pile"]].append(c)
    every = [r for f in a.folders for r in told(f, raw[f])]
    every += [r for p in given for r in judged(p, claims[p["pile"]], raw[p["pile"]])]
    without = {int(s) for s in a.without.split(",") if s}
    out = ["# Whether two values are of one thing after all: kind, feature, weight. Made by training/vetted.py; do not edit by hand."]
    for kind in KINDS:
        rows = [r for r in every if r["kind"] == kind]
        names = rows[0]["names"]
        x = np.array([r["see"] for r in rows])
        y = np.array([r["right"] for r in rows], float)
        pairs = collections.Counter(r["id"] for r in rows)
        weight = np.array([pairs[r["id"]] ** -.5 for r in rows])
        pile = np.array([r["pile"] for r in rows])
        learn = np.array([r["part"] == "train" and r["story"] not in without for r in rows])
        # What never varies is not learned.
        varies = np.array([len(set(c)) > 1 for c in x[learn].T])
        varies[-1] = True

        def train(take):
            w = np.zeros(len(names))
            w[varies] = fit(x[take][:, varies], y[take], {}, weight[take])
            return w
        w = train(learn)
        out += [f"{kind}\t{n}\t{v:.4f}" for n, v, there in zip(names, w, varies) if there]
        print(kind, len(rows), "pairs;", ", ".join(f"{n} {v:.2f}" for n, v in sorted(zip(names, w), key=lambda p: -abs(p[1]))[:12]))
        if a.check:
            score = x @ w
            for p in sorted(set(pile[learn])):
                score[pile == p] = x[pile == p] @ train(learn & (pile != p))
            groups = {"stories learned from": [i for i, r in enumerate(rows) if not r["news"] and learn[i]], "others": [i for i, r in enumerate(rows) if not r["news"] and not learn[i]],
                      "news learned from": [i for i, r in enumerate(rows) if r["news"] and learn[i]], "other news": [i for i, r in enumerate(rows) if r["news"] and not learn[i]]}
            for least in (-99, -2, -1.5, -1.25, -1, -.75, -.5, -.25, 0, .5, 1):
                say = [f"{g}: {'{1} of {0}'.format(*shown([rows[i] for i in at], score[at], least))}" for g, at in groups.items() if at]
                print(f"   from {least:5}: right of shown,", "; ".join(say))
    if a.to:
        pathlib.Path(a.to).write_text("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
