#!/usr/bin/env python3
"""Score whom the program takes names for, from outside.

  python3 score_mentions.py CHANCERY [--gold mentions/mentions.jsonl] [--half look|held] [--errors]

All reports are built into one record. In each report, what the program takes for one actor is a cluster of mentions. A marked mention goes to the
program's mention that overlaps it most and has an actor. Clusters and marked actors are paired one to one, most shared mentions first. A marked mention
is right when its actor and the cluster it went to are a pair. Mentions that no mention of the program's overlaps are wrong.
`across`: persons who stand in two reports under two spellings (`xref`) and have one id in the record.
`no actor`: wrong mentions that the program took for a place, or for nothing.
"""
import argparse
import collections
import pathlib
import sys

from facts_run import half, jsonl, overlap, run

HERE = pathlib.Path(__file__).resolve().parent


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("program")
    ap.add_argument("--gold", default=HERE / "mentions" / "mentions.jsonl")
    ap.add_argument("--half", choices=["look", "held"])
    ap.add_argument("--errors", action="store_true")
    a = ap.parse_args()
    gold = jsonl(a.gold)
    out = run(a.program, [(r["id"], r["text"], r.get("date")) for r in gold], ["mentions", "actors"])
    name = {x["id"]: x["name"] for x in out["actors"]}
    got = collections.defaultdict(list)
    for m in out["mentions"]:
        if m["actor"] and m["kind"] != "pronoun":
            got[m["key"]].append(m)
    n, ids = collections.Counter(), collections.defaultdict(set)
    for r in gold:
        h = half(r["id"])
        if a.half and h != a.half:
            continue
        went, shared = {}, collections.Counter()
        for k, actor in enumerate(r["actors"]):
            for s, e, _ in actor["mentions"]:
                fits = max(got[r["id"]], key=lambda m: (overlap((s, e), (m["start"], m["end"])), -m["start"]), default=None)
                c = fits["actor"] if fits and overlap((s, e), (fits["start"], fits["end"])) else None
                went[k, s, e] = c
                if c:
                    shared[k, c] += 1
        pair, used = {}, set()
        for (k, c), _ in sorted(shared.items(), key=lambda x: (-x[1], x[0])):
            if k not in pair and c not in used:
                pair[k] = c
                used.add(c)
        for k, actor in enumerate(r["actors"]):
            if actor.get("xref"):
                ids[actor["xref"]].add((h, r["id"], pair.get(k)))
            forms = actor.get("forms") or ["-"] * len(actor["mentions"])
            for (s, e, words), form in zip(actor["mentions"], forms):
                n[h, "all"] += 1
                n[form, "all"] += 1
                c = went[k, s, e]
                right = c is not None and pair.get(k) == c
                n[h, "right"] += right
                n[h, "none"] += c is None
                if h == "look":
                    n[form, "look"] += 1
                    n[form, "right"] += right
                if a.errors and not right:
                    print(r["id"], f"{words!r} of {actor['name']} ({form}): taken for", name.get(c, "nobody"), "| its pair", name.get(pair.get(k)), "|", r["text"][max(0, s - 50) : e + 40].replace("\n", " "))
    if a.errors:
        for (form, k), v in sorted(n.items()):
            if k == "look":
                print(f"  {form}: {n[form, 'right']}/{v}")
    for h in ("look", "held"):
        if n[h, "all"]:
            print(f"{h}: {n[h, 'all']} mentions; right {100 * n[h, 'right'] / n[h, 'all']:.1f} %; no actor {n[h, 'none']}")
    whole = {x: v for x, v in ids.items() if len(v) > 1}
    print("across:", ", ".join(f"{x} {'one' if len({i for _, _, i in v}) == 1 and None not in {i for _, _, i in v} else 'apart'}" for x, v in sorted(whole.items())))


if __name__ == "__main__":
    sys.exit(main())
