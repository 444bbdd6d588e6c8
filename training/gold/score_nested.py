#!/usr/bin/env python3
"""Score the program on nested.jsonl, from outside.

  python3 score_nested.py CHANCERY [--errors]

A row is found when half of its words and half of the program's are the same (Jaccard over words, one to one). Reported of the found: speaker
(they share a word, or both name nobody), relays (as many, each sharing a word with its own, in order), what it lies within (the found row that matches
its outer one, or none). Whole: all four. By level: rows of their own and rows inside another.
"""
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


def words(s):
    return set(re.findall(r"\w+", s.lower())) - {"the", "a", "an"}


def main():
    cases = [json.loads(l) for l in open(HERE / "nested.jsonl", encoding="utf8")]
    with tempfile.TemporaryDirectory() as tmp:
        t = pathlib.Path(tmp)
        with open(t / "in.jsonl", "w", encoding="utf8") as f:
            for c in cases:
                f.write(json.dumps({"id": c["id"], "text": c["text"], "published": "2016-05-10"}) + "\n")
        subprocess.run([sys.argv[1], "build", "-q", str(t / "in.jsonl"), "-o", str(t / "r.db")], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([sys.argv[1], "export", "-q", str(t / "r.db"), "--format", "jsonl", "-o", str(t / "out")], check=True, stdout=subprocess.DEVNULL)
        read = lambda n: [json.loads(l) for l in open(t / "out" / f"{n}.jsonl", encoding="utf8")]
        key = {r["id"]: r["key"] for r in read("reports")}
        rows = collections.defaultdict(list)
        for s in read("statements"):
            rows[key[s["report"]]].append(s)
    n = collections.Counter()
    given = 0
    for c in cases:
        text, got = c["text"], rows[c["id"]]
        given += len(got)
        cut = lambda spans: " ".join(text[a:b] for a, b in spans or [])
        G = [(g, words(g["content"] if isinstance(g["content"], str) else " ".join(g["content"]))) for g in c["statements"]]
        P = [(p, words(cut(p["content"]))) for p in got]
        pairs = sorted(((len(a & b) / len(a | b), i, j) for i, (_, a) in enumerate(G) for j, (_, b) in enumerate(P) if a & b), reverse=True)
        match, used = {}, set()
        for s, i, j in pairs:
            if s >= .5 and i not in match and j not in used:
                match[i] = j
                used.add(j)
        index = {g["id"]: i for i, (g, _) in enumerate(G)}
        for i, (g, _) in enumerate(G):
            level = "inner" if g["within"] else "outer"
            n[level] += 1
            j = match.get(i)
            if j is None:
                n[level, "missed"] += 1
                if "--errors" in sys.argv:
                    print(c["id"], "MISSED", g["speaker"], "|", g["content"], "|| given:", [(cut(p["source"]), cut(p["content"])) for p, _ in P])
                continue
            p = P[j][0]
            n[level, "found"] += 1
            said = cut(p["source"])
            via = [cut([x["span"]]) if isinstance(x, dict) and "span" in x else text[x["start"]:x["end"]] if isinstance(x, dict) and "start" in x else str(x) for x in p["relays"]]
            ok = {
                "speaker": bool(words(said) & words(g["speaker"])) if g["speaker"] and said else (g["speaker"] is None) == (not said),
                "relays": len(via) == len(g["via"]) and all(words(a) & words(b) for a, b in zip(via, g["via"])),
                "within": p["within"] == (P[match[index[g["within"]]]][0]["id"] if g["within"] and index[g["within"]] in match else None),
            }
            for k, v in ok.items():
                n[level, k] += v
            n[level, "whole"] += all(ok.values())
            if not all(ok.values()) and "--errors" in sys.argv:
                print(c["id"], [k for k, v in ok.items() if not v], "gold", g["speaker"], g["via"], g["within"], "| given", said, via, p["within"], "|", cut(p["content"])[:80])
    for level in ("outer", "inner"):
        print(f"{level}: {n[level]} rows;", "; ".join(f"{k} {100 * n[level, k] / max(1, n[level]):.1f} %" for k in ("found", "speaker", "relays", "within", "whole")))
    both = n["outer"] + n["inner"]
    print(f"both: {both} rows, {given} given; whole {100 * (n['outer', 'whole'] + n['inner', 'whole']) / both:.1f} %")


if __name__ == "__main__":
    main()
