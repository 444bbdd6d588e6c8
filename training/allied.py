#!/usr/bin/env python3
"""The weights of the model that joins happenings told in other words (crates/chancery-link/src/events/allied/weights.tsv).

    python3 allied.py --program target/release/chancery --example target/release/examples/likenesses --to allied.tsv FOLDER...

Each FOLDER holds marked stories (gold/link and the like; see gold/link/README.md). `--without 8,9` leaves stories out,
`--check` trains without each story in turn and scores it. Logistic regression with an L2 penalty, numpy only.
"""
import argparse
import collections
import itertools
import json
import pathlib
import re
import subprocess
import tempfile

import numpy as np

import logistic


def lines(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(x) for x in f if x.strip()]


class Pile:
    """The happenings of one folder as the first pass leaves them, with the marks of its gold."""

    def __init__(self, folder, program, example):
        folder = pathlib.Path(folder)
        with tempfile.TemporaryDirectory() as tmp:
            tmp = pathlib.Path(tmp)
            subprocess.run([program, "build", folder / "reports", "-o", tmp / "r.db", "-q"], check=True, capture_output=True)
            subprocess.run([program, "export", tmp / "r.db", "--format", "jsonl", "-o", tmp / "out", "-q"], check=True, capture_output=True)
            rows = lines(tmp / "out" / "reports.jsonl")
        given = [{"id": re.sub(r"\.txt$", "", r["key"].split("/")[-1]), "text": r["text"],
                  "published": r["published"] if r["published_basis"] == "metadata" else None} for r in rows]
        out = subprocess.run([example], input="\n".join(map(json.dumps, given)), check=True, capture_output=True, text=True).stdout
        self.spots, self.see, self.meet = {}, {}, set()
        for row in map(json.loads, out.splitlines()):
            if "features" in row:
                self.features = row["features"]
            elif "happening" in row:
                self.spots[row["happening"]] = row["mentions"]
            else:
                self.see[tuple(row["pair"])] = np.array(row["see"])
                if row["meet"]:
                    self.meet.add(tuple(row["pair"]))
        self.story = {o["report"]: o["story"] for o in lines(folder / "origins.jsonl")}
        # Each gold mention goes to the happening whose words overlap its own most.
        self.gold = []
        by = collections.defaultdict(list)
        for n, spots in self.spots.items():
            for r, s, e in spots:
                by[r].append((s, e, n))
        for event in lines(folder / "events.jsonl"):
            for m in event["mentions"]:
                s, e = m["start"], m["start"] + len(m["words"])
                over = [(min(e, y) - max(s, x), -x, n) for x, y, n in by[m["report"]] if x < e and s < y]
                if over:
                    self.gold.append((event["event"], max(over)[2], self.story[m["report"]]))
        self.of = {n: {self.story.get(r) for r, _, _ in spots} for n, spots in self.spots.items()}

    def pairs(self):
        """(story, features, one happening or not, weight) of pairs whose happenings are marked."""
        votes = collections.defaultdict(collections.Counter)
        for event, n, _ in self.gold:
            votes[n][event] += 1
        for (a, b), see in self.see.items():
            if self.of[a] == self.of[b] and len(self.of[a]) == 1 and votes[a] and votes[b]:
                (x, m), (y, n) = votes[a].most_common(1)[0], votes[b].most_common(1)[0]
                yield next(iter(self.of[a])), see, x == y, (m * n) ** .5

    def join(self, w, alike, mean):
        """What the program does with these weights; the same as `join` in allied.rs, less what that refuses to compare (`hopeful`)."""
        def like(a, b):
            z = float(self.see[min(a, b), max(a, b)] @ w)
            return z / (1 + abs(z))
        ranked = sorted(((like(a, b), -a, -b) for a, b in self.meet), reverse=True)
        at, parts = {n: n for n in self.spots}, {n: [n] for n in self.spots}
        for s, a, b in ranked:
            a, b = sorted((at[-a], at[-b]))
            if s < alike:
                break
            if a == b:
                continue
            if np.mean([like(x, y) for x in spread(parts[a]) for y in spread(parts[b])]) < mean:
                continue
            for n in parts[b]:
                at[n] = a
            parts[a] = sorted(parts[a] + parts.pop(b))
        return at

    def score(self, at, story):
        own = [(e, at[n]) for e, n, s in self.gold if s == story]
        r = np.zeros(3)
        for x, y in itertools.combinations(own, 2):
            want, got = x[0] == y[0], x[1] == y[1]
            r += [want and got, got and not want, want and not got]
        return r


def spread(part, most=12):
    return part[::max(1, -(-len(part) // most))]


def fit(rows, fixed, penalty=1.0):
    """The weights that rows of a feature list, a label and a weight teach."""
    x, y, weight = (np.array([r[k] for r in rows], float) for k in (1, 2, 3))
    return logistic.fit(x, y, fixed, weight, penalty)


def f1(r):
    return 200 * r[0] / max(2 * r[0] + r[1] + r[2], 1)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("folders", nargs="+")
    ap.add_argument("--program", required=True)
    ap.add_argument("--example", required=True)
    ap.add_argument("--to")
    ap.add_argument("--without", default="")
    ap.add_argument("--check", action="store_true")
    a = ap.parse_args()
    out = {int(s) for s in a.without.split(",") if s}
    piles = [Pile(f, a.program, a.example) for f in a.folders]
    rows = [(p, *r) for p in piles for r in p.pairs() if r[0] not in out]
    print(len(rows), "pairs of marked happenings,", sum(r[3] for r in rows), "of them one")
    plain = [r[1:] for r in rows]
    # Of n happenings of a kind that are told in the same days, one is meant: odds of 1 to n before anything else is known.
    # Marked stories hold some dozen happenings of a kind and real piles hundreds, so this cannot be learned from them.
    fixed = {piles[0].features.index("crowd"): -1.0}
    if a.check:
        stories = sorted({(piles.index(r[0]), r[1]) for r in rows})
        for alike, mean in [(0., 0.), (-.3, -.1), (-.3, 0.), (0., -.2), (.3, .1)]:
            whole, per = np.zeros(3), []
            for k, s in stories:
                w = fit([r[1:] for r in rows if (piles.index(r[0]), r[1]) != (k, s)], fixed)
                before = piles[k].score({n: n for n in piles[k].spots}, s)
                r = piles[k].score(piles[k].join(w, alike, mean), s)
                whole += r
                per.append((s, round(float(f1(before)), 1), round(float(f1(r)), 1)))
            print(alike, mean, f"P {100 * whole[0] / (whole[0] + whole[1]):.1f} R {100 * whole[0] / (whole[0] + whole[2]):.1f} F1 {f1(whole):.1f}",
                  f"mean of stories {np.mean([x[1] for x in per]):.1f} -> {np.mean([x[2] for x in per]):.1f}", per)
    w = fit(plain, fixed)
    if a.to:
        with open(a.to, "w", encoding="utf-8") as f:
            f.write("# What joins happenings told in other words: feature, weight. Made by training/allied.py; do not edit by hand.\n")
            for name, x in zip(piles[0].features, w):
                f.write(f"{name}\t{x:.4f}\n")


if __name__ == "__main__":
    main()
