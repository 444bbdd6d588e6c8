#!/usr/bin/env python3
"""Settle figures/first.jsonl and figures/second.jsonl into figures/figures.jsonl, by rule and without the program's output.

1. What the first marker wrote, who wrote the guideline, stands.
2. An amount in a unit (money, length, share, time) counts its unit. The markers differ on whether it also has a subject, and the guideline leaves it open:
   where one names a subject and the other none, both readings are right.
3. A part of an earlier figure worked out: the guideline does not say which qualifier the result has. Where they differ, both are right.
"""
import json
import pathlib

from facts_run import jsonl, overlap, pairs

HERE = pathlib.Path(__file__).resolve().parent / "figures"
second = {r["id"]: r["figures"] for r in jsonl(HERE / "second.jsonl")}
rows = jsonl(HERE / "first.jsonl")
n = {"subject": 0, "qualifier": 0}
for r in rows:
    a, b = r["figures"], second[r["id"]]
    for i, j in pairs([(x["start"], x["end"]) for x in a], [(x["start"], x["end"]) for x in b], overlap).items():
        g, o = a[i], b[j]
        if g["unit"] and (g["subject"] is None) != (o["subject"] is None):
            g["or"] = {"subject": o["subject"]}
            n["subject"] += 1
        if any("fraction" in f for f in g["forms"]) and not g["unit"] and g["qualifier"] != o["qualifier"] and (g["low"] or g["high"]) == (o["low"] or o["high"]):
            g["or"] = {**g.get("or", {}), **{k: o[k] for k in ("low", "high", "qualifier")}}
            n["qualifier"] += 1
with open(HERE / "figures.jsonl", "w", encoding="utf8") as f:
    f.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)
print(n)
