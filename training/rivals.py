#!/usr/bin/env python3
"""The weights of the model that sets two values of one thing against each other (crates/chancery-link/src/conflicts/rivals/weights.tsv).

    python3 rivals.py --program target/release/chancery --example target/release/examples/rivals --to weights.tsv FOLDER...

Each FOLDER holds marked stories (gold/link and the like; see gold/link/README.md). `--check` trains without each story in
turn and says what would be shown of it. `--seen FILE` keeps what the example prints, so that a second run is quick. Two
values are a disagreement when they stand on two sides of one; all other pairs of a story are none. `--background FILE` is
what the example prints of a pile of real reports on one story: marked stories are planted with disagreements and real ones
hardly have any, so its pairs are taken as none and weighed as `--share` of all that are none. Logistic regression with an L2
penalty, numpy only.
"""
import argparse
import collections
import json
import pathlib
import subprocess

import numpy as np

import piles
from logistic import fit
from piles import lines

KINDS = ("figure", "date")
FIXED = {"figure": {}, "date": {}}


def see(folder, program, example):
    """What the program sees of the pairs of a folder."""
    given = piles.stories(folder, program)
    out = subprocess.run([example], input="\n".join(map(json.dumps, given)), check=True, capture_output=True, text=True).stdout
    return [json.loads(x) for x in out.splitlines()]


class Pile:
    def __init__(self, folder, rows):
        self.folder = pathlib.Path(folder)
        origins = lines(self.folder / "origins.jsonl")
        self.story = {o["report"]: o["story"] for o in origins}
        self.origin = {o["report"]: o["origin"] for o in origins}
        self.gold = lines(self.folder / "conflicts.jsonl")
        self.rows = [dict(r, gold=self.right(r)) for r in rows if len({self.story[p[0]] for p in r["pair"]}) == 1]

    def right(self, row):
        """The disagreements on two sides of which the two stand."""
        out = set()
        for g in self.gold:
            if g["kind"] != row["kind"]:
                continue
            at = [{n for n, side in enumerate(g["sides"]) for e in side["evidence"]
                   if e["report"] == r and s < e["start"] + len(e["words"]) and e["start"] < t} for r, s, t in row["pair"]]
            if any(i != j for i in at[0] for j in at[1]):
                out.add((self.folder.name, g["id"]))
        return out


def shown(rows, score, least):
    """Sets of pairs that would be shown: of the values of an origin only the most alike, both ways."""
    most = {}
    for r, s in zip(rows, score):
        for a, b in (r["pair"], r["pair"][::-1]):
            key = (r["folder"], tuple(a), r["origin"][b[0]])
            most[key] = max(most.get(key, -99), s)
    root = {}

    def find(x):
        while root.setdefault(x, x) != x:
            x = root[x]
        return x
    kept = []
    for r, s in zip(rows, score):
        (a, b) = r["pair"]
        if s >= least and s >= most[r["folder"], tuple(a), r["origin"][b[0]]] and s >= most[r["folder"], tuple(b), r["origin"][a[0]]]:
            kept.append(r)
            root[find((r["folder"], *a))] = find((r["folder"], *b))
    sets = collections.defaultdict(list)
    for r in kept:
        sets[find((r["folder"], *r["pair"][0]))].append(r)
    return list(sets.values())


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("folders", nargs="+")
    ap.add_argument("--program")
    ap.add_argument("--example")
    ap.add_argument("--seen")
    ap.add_argument("--to")
    ap.add_argument("--background")
    ap.add_argument("--share", type=float, default=0.5)
    ap.add_argument("--check", action="store_true")
    ap.add_argument("--without", default="", help="stories left out")
    a = ap.parse_args()
    kept = pathlib.Path(a.seen) if a.seen else None
    raw = json.loads(kept.read_text()) if kept and kept.exists() else {f: see(pathlib.Path(f), a.program, a.example) for f in a.folders}
    if kept and not kept.exists():
        kept.write_text(json.dumps(raw))
    without = {int(s) for s in a.without.split(",") if s}
    out = ["# What sets two values against each other: kind, feature, weight. Made by training/rivals.py; do not edit by hand."]
    for kind in KINDS:
        rows = []
        for folder in a.folders:
            pile = Pile(folder, raw[folder])
            rows += [dict(r, folder=folder, origin=pile.origin, story=pile.story[r["pair"][0][0]]) for r in pile.rows if r["kind"] == kind]
        rows = [r for r in rows if r["story"] not in without]
        names = rows[0]["names"]
        fixed = {names.index(n): v for n, v in FIXED[kind].items()}
        x = np.array([r["see"] for r in rows])
        y = np.array([bool(r["gold"]) for r in rows], float)
        story = np.array([r["story"] for r in rows])
        none = [json.loads(r) for r in open(a.background, encoding="utf-8")] if a.background else []
        none = np.array([r["see"] for r in none if r["kind"] == kind]).reshape(-1, len(names))

        def learn(x, y):
            each = a.share / (1 - a.share) * (y == 0).sum() / max(len(none), 1)
            weight = np.concatenate([np.ones(len(y)), np.full(len(none), each)])
            return fit(np.vstack([x, none]), np.concatenate([y, np.zeros(len(none))]), fixed, weight)
        w = learn(x, y)
        out += [f"{kind}\t{n}\t{v:.4f}" for n, v in zip(names, w)]
        print(kind, len(rows), "pairs,", int(y.sum()), "of", len({g for r in rows for g in r["gold"]}), "disagreements;",
              ", ".join(f"{n} {v:.2f}" for n, v in zip(names, w)))
        if a.check:
            score = np.zeros(len(rows))
            for s in sorted(set(story)):
                score[story == s] = x[story == s] @ learn(x[story != s], y[story != s])
            for least in (-1, -.5, -.25, 0, .25, .5, .75, 1, 1.5):
                sets = shown(rows, score, least)
                right = sum(any(r["gold"] for r in s) for s in sets)
                hit = {g for s in sets for r in s for g in r["gold"]}
                back = (none @ w >= least).sum()
                print(f"   from {least:5}: {len(sets)} shown, {right} right, {len(hit)} disagreements; {back} pairs of the background")
    if a.to:
        pathlib.Path(a.to).write_text("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
