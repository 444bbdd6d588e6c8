#!/usr/bin/env python3
"""How far two markers agree, who did not see each other's marks.

  python3 agree.py figures|mentions [--set last|next] [--differences look|held]

`--set` names another set that two people marked: its two files are SET_first.jsonl, or else SET.jsonl, and SET_second.jsonl.

Figures: F1 of spans (overlapping, one to one); of those both marked, number, qualifier, subject and measure equal, by the rules of score_figures.py.
Mentions: F1 of spans (overlapping, one to one); of pairs of mentions in one report that both marked, the share on which both say "same actor" or both say
"another" (and F1 of "same").
"""
import argparse
import collections
import itertools
import pathlib

from facts_run import half, jsonl, overlap, pairs
from score_figures import best

HERE = pathlib.Path(__file__).resolve().parent


def both_of(folder, which):
    """The two markings of a set."""
    if not which:
        return HERE / folder / "first.jsonl", HERE / folder / "second.jsonl"
    first = HERE / folder / f"{which}_first.jsonl"
    return (first if first.exists() else HERE / folder / f"{which}.jsonl"), HERE / folder / f"{which}_second.jsonl"


def figures(show, files):
    second = {r["id"]: r["figures"] for r in jsonl(files[1])}
    n = collections.Counter()
    for r in jsonl(files[0]):
        a, b = r["figures"], second[r["id"]]
        m = pairs([(x["start"], x["end"]) for x in a], [(x["start"], x["end"]) for x in b], overlap)
        n["a"], n["b"], n["both"] = n["a"] + len(a), n["b"] + len(b), n["both"] + len(m)
        say = (lambda *x: print(r["id"], *x)) if half(r["id"]) == show else (lambda *x: None)
        row = lambda x: tuple(x.get(k) for k in ("words", "low", "high", "qualifier", "subject", "measure", "unit"))
        for i in range(len(a)):
            if i not in m:
                say("only first", row(a[i]))
                continue
            ok = best(a[i], b[m[i]])
            n["whole"] += all(ok.values())
            for k, v in ok.items():
                n[k] += v
            if not all(ok.values()):
                say([k for k, v in ok.items() if not v], row(a[i]), "|", row(b[m[i]]), "|", r["text"][max(0, a[i]["start"] - 50) : a[i]["end"] + 50].replace("\n", " "))
        for j in set(range(len(b))) - set(m.values()):
            say("only second", row(b[j]))
    print(f"figures: {n['a']} and {n['b']} marked, {n['both']} by both (F1 {200 * n['both'] / (n['a'] + n['b']):.1f}); of those", ", ".join(f"{k} {100 * n[k] / n['both']:.1f} %" for k in ("number", "qualifier", "subject", "measure")) + f"; all four {100 * n['whole'] / n['both']:.1f} %")


def mentions(show, files):
    second = {r["id"]: r["actors"] for r in jsonl(files[1])}
    n = collections.Counter()
    for r in jsonl(files[0]):
        flat = lambda actors: [(s, e, k, w, x["name"]) for k, x in enumerate(actors) for s, e, w in x["mentions"]]
        a, b = flat(r["actors"]), flat(second[r["id"]])
        m = pairs(a, b, overlap)
        n["a"], n["b"], n["both"] = n["a"] + len(a), n["b"] + len(b), n["both"] + len(m)
        say = (lambda *x: print(r["id"], *x)) if half(r["id"]) == show else (lambda *x: None)
        for i in set(range(len(a))) - set(m):
            say("only first", a[i][3:])
        for j in set(range(len(b))) - set(m.values()):
            say("only second", b[j][3:], "|", r["text"][max(0, b[j][0] - 40) : b[j][1] + 30])
        for i, j in itertools.combinations(sorted(m), 2):
            x, y = a[i][2] == a[j][2], b[m[i]][2] == b[m[j]][2]
            n["pairs"] += 1
            n["agree"] += x == y
            n["same a"], n["same b"], n["same"] = n["same a"] + x, n["same b"] + y, n["same"] + (x and y)
            if x != y:
                say("pair", a[i][3:], a[j][3:], "first:", x, "second:", b[m[i]][4], b[m[j]][4])
    print(f"mentions: {n['a']} and {n['b']} marked, {n['both']} by both (F1 {200 * n['both'] / (n['a'] + n['b']):.1f}); pairs that both mark alike {100 * n['agree'] / n['pairs']:.2f} % of {n['pairs']}; same actor F1 {200 * n['same'] / (n['same a'] + n['same b']):.1f}")


if __name__ == "__main__":
    ap = argparse.ArgumentParser()
    ap.add_argument("what", choices=["figures", "mentions"])
    ap.add_argument("--set")
    ap.add_argument("--differences", choices=["look", "held"])
    args = ap.parse_args()
    {"figures": figures, "mentions": mentions}[args.what](args.differences, both_of(args.what, args.set))
