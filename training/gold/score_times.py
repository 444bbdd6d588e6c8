#!/usr/bin/env python3
"""Score the program on time expressions by the measures of TempEval-3 (UzZaman et al. 2013), from outside.

  python3 score_times.py CHANCERY FILE.jsonl [--errors]
  python3 score_times.py CHANCERY times/news.jsonl --data DIR [--train | --tune] [--errors]

News are places in corpora of DIR, in parts: what rules were written from (--train), what was only scored meanwhile (--tune), and what is kept back.
FILE: `{"id", "dct", "text", "timexes": [{"start", "end", "type", "value"}]}` a line, offsets in code points. Strict: the same
span; relaxed: any shared character. Type and value: share of the relaxed matches that are right, times relaxed F1.
"""
import argparse
import pathlib
import sys

from facts_run import jsonl, run

sys.path.insert(0, str(pathlib.Path(__file__).parent / "events"))
import news


def shared(a, b):
    return min(a[1], b[1]) - max(a[0], b[0])


def trimmed(text, span):
    a, b = span
    while a < b and text[a].isspace():
        a += 1
    while a < b and text[b - 1].isspace():
        b -= 1
    return a, b


def f1(p, r):
    return 200 * p * r / (p + r) if p + r else 0.0


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("program")
    ap.add_argument("gold")
    ap.add_argument("--errors", action="store_true")
    ap.add_argument("--data", type=pathlib.Path, help="the folder of the corpora that news are places in")
    ap.add_argument("--train", action="store_true")
    ap.add_argument("--tune", action="store_true")
    a = ap.parse_args()
    part = "train" if a.train else "tune" if a.tune else "test"
    if a.errors and a.data and part == "test":
        ap.error("errors of passages that are kept back are not shown")
    gold = news.times(a.gold, a.data, part) if a.data else jsonl(a.gold)
    given = {}
    for t in run(a.program, [(d["id"], d["text"], d["dct"]) for d in gold], ["times"])["times"]:
        given.setdefault(t["key"], []).append(t)
    n = dict.fromkeys("gold given strict_p strict_r relaxed_p relaxed_r type value".split(), 0)
    for d in gold:
        g = [(trimmed(d["text"], (t["start"], t["end"])), t) for t in d["timexes"]]
        s = [(trimmed(d["text"], (t["start"], t["end"])), t) for t in given.get(d["id"], [])]
        n["gold"] += len(g)
        n["given"] += len(s)
        n["strict_p"] += sum(x in {y for y, _ in g} for x, _ in s)
        n["strict_r"] += sum(x in {y for y, _ in s} for x, _ in g)
        n["relaxed_p"] += sum(any(shared(x, y) > 0 for y, _ in g) for x, _ in s)
        for x, t in g:
            near = [(y == x, shared(x, y), k) for k, (y, _) in enumerate(s) if shared(x, y) > 0]
            found = s[max(near)[2]][1] if near else None
            n["relaxed_r"] += found is not None
            n["type"] += bool(found) and found["type"] == t["type"]
            right = bool(found) and found["value"] == t["value"]
            n["value"] += right
            if a.errors and not right:
                print(d["id"], d["dct"], t["text"], t["value"], "=>", found and (found["text"], found["value"]))
    share = lambda k, of: n[k] / n[of] if n[of] else 0.0
    relaxed = f1(share("relaxed_p", "given"), share("relaxed_r", "gold"))
    print(f"{n['gold']} marked, {n['given']} given")
    print(f"strict F1 {f1(share('strict_p', 'given'), share('strict_r', 'gold')):.1f}  relaxed F1 {relaxed:.1f}  "
          f"type F1 {share('type', 'relaxed_r') * relaxed:.1f}  value F1 {share('value', 'relaxed_r') * relaxed:.1f}")


if __name__ == "__main__":
    main()
