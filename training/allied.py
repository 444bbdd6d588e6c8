#!/usr/bin/env python3
"""The weights of the models that join happenings (crates/chancery-link/src/events/allied/weights.tsv).

    python3 allied.py --program target/release/chancery --example target/release/examples/likenesses --data DIR \\
        --real gold/pairs/news.jsonl --to weights.tsv FOLDER...

Each FOLDER holds marked stories (gold/link and the like; see gold/link/README.md). `--real` names marked pairs of mentions in
articles of `DIR/t17/articles.jsonl` (see gold/pairs/README.md); those of the part `test` are never learned from. `--check` learns
without each story and each pile in turn and scores the pairs left out. Two logistic regressions with an L2 penalty, numpy only:
one for two mentions of a report, one for what two reports tell; the second is of what the first, as the program holds it, makes of
each report, so after a change run it, build the example again, and run it once more.
"""
import argparse
import collections
import json
import pathlib
import subprocess
import tempfile

import numpy as np

import logistic
import piles
from piles import lines, plain

STEPS = ["within", "across"]
# What a reader tells that knows what words stand for.
SENSES = {"senses known", "most alike in sense", "alike in sense"}
# What one part of a happening and the whole are to each other is no join; but a deed and those it killed are told as one.
PART = {"within": None, "across": 0.5}


def seen(example, reports, places):
    """What the example prints of these places: names of features, rows."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as f:
        f.write("\n".join(json.dumps(p) for p in places))
        f.flush()
        out = subprocess.run([example, f.name], input="\n".join(map(json.dumps, reports)), check=True, capture_output=True, text=True).stdout
    rows = [json.loads(x) for x in out.splitlines()]
    return rows[0]["features"], rows[1:]


def overlap(spot, place):
    return spot[0] == place[0] and spot[1] < place[2] and place[1] < spot[2]


def stories(folder, program, example):
    """(group, step, features, one or not, weight) of marked stories."""
    folder = pathlib.Path(folder)
    given = piles.stories(folder, program)
    story = {o["report"]: o["story"] for o in lines(folder / "origins.jsonl")}
    gold = [((m["report"], m["start"], m["start"] + len(m["words"])), e["event"]) for e in lines(folder / "events.jsonl") for m in e["mentions"]]
    by = collections.defaultdict(list)
    for p, e in gold:
        by[p[0]].append((p, e))
    features, rows = seen(example, given, [[p] for p, _ in gold])

    def vote(spots):
        c = collections.Counter(e for s in spots for p, e in by[s[0]] if overlap(s, p))
        return c.most_common(1)[0] if c else None
    out = []
    for r in rows:
        a, b = vote(r["a"]), vote(r["b"])
        if a and b and story[r["a"][0][0]] == story[r["b"][0][0]]:
            out.append(((folder.name, story[r["a"][0][0]]), r["step"], r["see"], a[0] == b[0], (a[1] * b[1]) ** .5))
    return features, out


def real(path, data, example, parts):
    """The same of marked pairs in printed news. A pair that the program does not even compare gives no row."""
    articles = {a["id"]: a for a in lines(pathlib.Path(data) / "t17" / "articles.jsonl")}
    of = collections.defaultdict(list)
    for row in lines(path):
        if row["part"] in parts:
            of[row["pile"]].append(row)
    out, features = [], None
    head = {p["pile"]: p for p in lines(pathlib.Path(path).with_name("piles.jsonl"))}
    for pile, rows in of.items():
        given = [{"id": i, "text": plain(articles[i]["text"]), "published": articles[i]["date"]} for i in head[pile]["reports"]]
        features, got = seen(example, given, [[r["a"], r["b"]] for r in rows])
        at = collections.defaultdict(list)
        for g in got:
            for x in g["a"]:
                at[tuple(x)].append(g)
            for x in g["b"]:
                at[tuple(x)].append(g)
        for r in rows:
            step = "within" if r["a"][0] == r["b"][0] else "across"
            want = lambda g: (any(overlap(x, r["a"]) for x in g["a"]) and any(overlap(y, r["b"]) for y in g["b"])
                              or any(overlap(x, r["b"]) for x in g["a"]) and any(overlap(y, r["a"]) for y in g["b"]))
            near = [g for x, gs in at.items() if overlap(x, r["a"]) for g in gs]
            found = next((g for g in near if g["step"] == step and want(g)), None)
            weight = 1.0
            if r["label"] == "part":
                weight = PART[step]
            if found and weight and r["label"] != "unclear":
                out.append(((pile, 0), step, found["see"], r["label"] == "same", weight))
    return features, out


def fit(rows, fixed, penalty):
    x, y, w = np.array([r[2] for r in rows], float), np.array([r[3] for r in rows], float), np.array([r[4] for r in rows], float)
    return logistic.fit(x, y, fixed, w, penalty)


def squash(z):
    return z / (1 + abs(z))


def report(name, w, rows):
    """How well the weights tell the pairs of one place apart, one by one: the best F1 over thresholds and that at 0."""
    if not rows:
        return
    z = squash(np.array([r[2] for r in rows], float) @ w)
    y = np.array([r[3] for r in rows])
    k = np.array([r[4] for r in rows], float)

    def at(t):
        p = (k * (y & (z >= t))).sum() / max((k * (z >= t)).sum(), 1e-9)
        r = (k * (y & (z >= t))).sum() / max((k * y).sum(), 1e-9)
        return 100 * p, 100 * r, 200 * p * r / max(p + r, 1e-9)
    best = max((at(t)[2], t) for t in np.arange(-.6, .6, .05))
    p, r, f = at(0)
    print(f"   {str(name):32} {len(rows):6} pairs, {int(y.sum()):5} one: at 0 P {p:5.1f} R {r:5.1f} F1 {f:5.1f}; best F1 {best[0]:5.1f} at {best[1]:+.2f}")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("folders", nargs="*")
    ap.add_argument("--program", required=True)
    ap.add_argument("--example", required=True)
    ap.add_argument("--data")
    ap.add_argument("--real")
    ap.add_argument("--to")
    ap.add_argument("--share", type=float, default=2.0, help="weight of all marked stories as a multiple of that of the real pairs")
    ap.add_argument("--penalty", type=float, default=2.0)
    ap.add_argument("--check", action="store_true")
    ap.add_argument("--keep", help="a file to keep what was seen in, and to take it from when it is there")
    a = ap.parse_args()
    if a.keep and pathlib.Path(a.keep).exists():
        kept = json.load(open(a.keep))
        features, made, news, test = kept["features"], kept["made"], kept["news"], kept["test"]
        made, news, test = ([(tuple(r[0]), *r[1:]) for r in x] for x in (made, news, test))
    else:
        made, news, test, features = [], [], [], None
        for f in a.folders:
            features, rows = stories(f, a.program, a.example)
            made += rows
        if a.real:
            features, news = real(a.real, a.data, a.example, {"train"})
            _, test = real(a.real, a.data, a.example, {"test"})
        if a.keep:
            json.dump({"features": features, "made": made, "news": news, "test": test}, open(a.keep, "w"))
    out = {}
    for step in STEPS:
        m, n, t = ([r for r in x if r[1] == step] for x in (made, news, test))
        scale = a.share * sum(r[4] for r in n) / max(sum(r[4] for r in m), 1e-9) if n else 1.0
        scaled = [(*r[:4], r[4] * scale) for r in m]
        print(step, len(m), "pairs of marked stories,", len(n), "of news")
        if a.check:
            left_m, left_n = [], []
            for g in sorted({r[0] for r in m + n}):
                w = fit([r for r in scaled + n if r[0] != g], {}, a.penalty)
                mine = [r for r in m + n if r[0] == g]
                report(g, w, mine)
                z = np.array([r[2] for r in mine], float) @ w
                for r, s in zip(mine, z):
                    (left_n if g[1] == 0 else left_m).append((r[0], r[1], [float(s)], r[3], r[4]))
            report("stories left out", np.array([1.0]), left_m)
            report("piles left out", np.array([1.0]), left_n)
        w = fit(scaled + n, {}, a.penalty)
        report("stories", w, m)
        report("news, learned from", w, n)
        report("news, test", w, t)
        out[step] = w
        # The same for readers that do not tell what words stand for.
        blind = [k for k, f in enumerate(features) if f in SENSES]
        without = lambda rows: [(*r[:2], [0.0 if k in blind else x for k, x in enumerate(r[2])], *r[3:]) for r in rows]
        out[step, "blind"] = fit(without(scaled + n), {}, a.penalty)
        report("news, test, without senses", out[step, "blind"], without(t))
    if a.to:
        with open(a.to, "w", encoding="utf-8") as f:
            f.write("# What joins happenings: feature, weight within a report, across reports, and both without senses. Made by training/allied.py; do not edit.\n")
            for n, name in enumerate(features):
                columns = [out[k][n] for k in ("within", "across", ("within", "blind"), ("across", "blind"))]
                f.write("\t".join([name, *(f"{w:.4f}" for w in columns)]) + "\n")


if __name__ == "__main__":
    main()
