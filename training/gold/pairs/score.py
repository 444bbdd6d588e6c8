#!/usr/bin/env python3
"""What the program joins of marked pairs in printed news.

    python3 score.py PROGRAM --data DIR [--part test]

Builds each pile of piles.jsonl from `DIR/t17/articles.jsonl` and asks of each pair of news.jsonl whether its two mentions are of one event
of the record. Precision: `same` of those joined; `part` counts as wrong. Recall: of those marked `same`. A place where the record has no
mention is lost.
"""
import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))
from piles import lines, plain


def built(program, reports):
    """Mentions of each report: start, end, event."""
    with tempfile.TemporaryDirectory() as tmp:
        tmp = pathlib.Path(tmp)
        (tmp / "in.jsonl").write_text("\n".join(map(json.dumps, reports)), encoding="utf-8")
        subprocess.run([program, "build", tmp / "in.jsonl", "-o", tmp / "r.db", "-q"], check=True, capture_output=True)
        subprocess.run([program, "export", tmp / "r.db", "--format", "jsonl", "-o", tmp / "out", "-q"], check=True, capture_output=True)
        key = {r["id"]: r["key"] for r in lines(tmp / "out" / "reports.jsonl")}
        out = collections.defaultdict(list)
        for m in lines(tmp / "out" / "event_mentions.jsonl"):
            out[key[m["report"]]].append((m["start"], m["end"], m["event"]))
    return out


def event(mentions, place):
    over = [(min(e, place[2]) - max(s, place[1]), -s, x) for s, e, x in mentions[place[0]] if s < place[2] and place[1] < e]
    return max(over)[2] if over else None


def say(name, c):
    for where in ("across", "within"):
        joined = {k: c[where, k, True] for k in ("same", "part", "different")}
        same = joined["same"] + c[where, "same", False]
        p, r = joined["same"] / max(sum(joined.values()), 1), joined["same"] / max(same, 1)
        print(f"{name:22} {where}: {joined['same']} of {same} same, {joined['part']} part, {joined['different']} different joined; "
              f"P {100 * p:.1f} R {100 * r:.1f} F1 {200 * p * r / max(p + r, 1e-9):.1f}; {c[where, 'lost']} lost")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("program")
    ap.add_argument("--data", required=True)
    ap.add_argument("--part", choices=["train", "test"])
    a = ap.parse_args()
    articles = {x["id"]: x for x in lines(pathlib.Path(a.data) / "t17" / "articles.jsonl")}
    pairs = lines(HERE / "news.jsonl")
    whole = collections.Counter()
    marked = {p["pile"] for p in pairs}
    for pile in lines(HERE / "piles.jsonl"):
        if pile["pile"] not in marked or a.part and pile["part"] != a.part:
            continue
        mentions = built(a.program, [{"id": i, "text": plain(articles[i]["text"]), "published": articles[i]["date"]} for i in pile["reports"]])
        c = collections.Counter()
        for p in pairs:
            if p["pile"] != pile["pile"] or p["label"] == "unclear":
                continue
            where = "within" if p["a"][0] == p["b"][0] else "across"
            x, y = event(mentions, p["a"]), event(mentions, p["b"])
            c[(where, "lost") if x is None or y is None else (where, p["label"], x == y)] += 1
        say(pile["pile"], c)
        whole.update(c)
    say("all", whole)


if __name__ == "__main__":
    main()
