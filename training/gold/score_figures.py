#!/usr/bin/env python3
"""Score the program on figures, from outside.

  python3 score_figures.py CHANCERY [--gold figures/figures.jsonl] [--either SECOND.jsonl] [--half look|held] [--errors]

Found: a figure of the program's overlaps it, one to one. Of the found:
  number     low and high as marked, in the unit marked (units of one kind are converted). Vague words: any bounds.
  qualifier  the same; about and under of "nearly" and its like are one.
  subject    the same noun phrase, articles aside, or the same head noun with one phrase inside the other.
  measure    the same. The guideline's list is shorter than the program's: what it calls `count` may be one of FINER.
Where a second reading is marked (`alt` by the first marker, `or` where the two markers differ, see settle.py), either will do. `right`: found and all four; its share is of all marked.
`--half` takes the reports in two halves by their ids; both have been studied.
"""
import argparse
import collections
import pathlib
import re
import sys

from facts_run import half, jsonl, overlap, pairs, run

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "events"))
import news  # noqa: E402

# Measures of the program's that the guideline, which has no such word, calls `count`.
FINER = {"released", "attendance", "votes", "affected", "besieged", "destroyed", "area", "weight", "volume", "speed", "power"}
SAME_UNIT = {"km": "kilometre", "km2": "square kilometre", "kg": "kilogram", "km/h": "kilometre per hour", "dollar": "USD", "pound": "GBP", "euro": "EUR", "Australian dollar": "AUD", "taka": "BDT", "rupee": "INR", "PKR": "INR", "mile/hour": "mile per hour"}
STOP = {"the", "a", "an", "its", "their", "his", "her"}


def words(s):
    return [w for w in re.findall(r"[\w'’-]+", (s or "").lower()) if w not in STOP]


def stem(w):
    for a, b in (("ies", "y"), ("men", "man"), ("sses", "ss"), ("children", "child")):
        if w.endswith(a):
            return w[: -len(a)] + b
    return w[:-1] if w.endswith("s") and not w.endswith("ss") else w


def same_subject(g, p):
    g, p = words(g), words(p)
    if not g or not p:
        return not g and not p
    head = lambda ws: stem(re.split(r" (?:of|in|on|at|from|for|with|to|near|inside|who|that) ", " ".join(ws))[0].split()[-1])
    return g == p or (head(g) == head(p) and (set(map(stem, g)) <= set(map(stem, p)) or set(map(stem, p)) <= set(map(stem, g))))


def value(x, unit):
    """A share as percent, whatever it is printed in."""
    return x * 100 if x is not None and unit == "fraction" else x


def same_number(g, p):
    if g["qualifier"] == "vague" and p["qualifier"] == "vague":
        return True
    close = lambda a, b: (a is None) == (b is None) and (a is None or abs(a - b) <= 0.011 * max(1, abs(a)))
    return close(g["low"], value(p["low"], p["unit"])) and close(g["high"], value(p["high"], p["unit"])) and same_unit(g, p)


def same_unit(g, p):
    if "unit" not in g:   # printed news is marked without units
        return True
    share = {"percent", "fraction"}
    # A rate is marked by its unit ("barrel" of "barrel/day"), a speed whole ("kilometre per hour").
    a, whole = g.get("unit"), p["unit"] or None
    b = (whole or "").split("/")[0] or None
    return a in (b, whole, SAME_UNIT.get(whole, whole)) or SAME_UNIT.get(b, b) == SAME_UNIT.get(a, a) or {a, b} <= share


def judge(g, p):
    near = {"about", "under", "over"} if re.match(r"(?i)(nearly|almost|close to|barely|just)\b", g["words"]) else set()
    return {
        "number": same_number(g, p) or (bool(near) and not {None} == {p["low"], p["high"]} and g["low"] in (p["low"], p["high"], None) and same_unit(g, p)),
        "qualifier": g["qualifier"] == p["qualifier"] or {g["qualifier"], p["qualifier"]} <= near,
        "subject": same_subject(g["subject"], p["subject"]),
        "measure": g["measure"] == p["measure"] or (g["measure"] == "count" and p["measure"] in FINER),
    }


def best(g, p):
    readings = [g] + ([{**g, **g["alt"]}] if g.get("alt") else [])
    if g.get("alt") and g["alt"].get("low") == g["alt"].get("high"):
        # The second reading names no qualifier; what it gives is one number.
        readings.append({**g, **g["alt"], "qualifier": "exact"})
    if g.get("or"):
        readings += [{**r, **g["or"]} for r in readings]
    return max((judge(r, p) for r in readings), key=lambda ok: sum(ok.values()))


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("program")
    ap.add_argument("--gold", default=HERE / "figures" / "figures.jsonl")
    ap.add_argument("--either", help="a second marking of the same reports: what one of the two markers gives is right")
    ap.add_argument("--half", choices=["look", "held"])
    ap.add_argument("--errors", action="store_true")
    ap.add_argument("--data", type=pathlib.Path, help="the folder of corpora that figures/news.jsonl points into")
    ap.add_argument("--train", action="store_true", help="of news.jsonl: the passages that were learned from, not those that thresholds were set on")
    a = ap.parse_args()
    if pathlib.Path(a.gold).name == "news.jsonl":
        if a.data is None:
            sys.exit(f"{a.gold} holds places in corpora: say where they are with --data DIR")
        gold = news.figures(pathlib.Path(a.gold), a.data, "train" if a.train else "tune")
    else:
        gold = jsonl(a.gold)
    barred = {r["id"]: r["not_figures"] for f in ("figures_not", "fresh_not", "last_not", "third_not") for r in jsonl(HERE / "figures" / f"{f}.jsonl")}
    got = collections.defaultdict(list)
    for f in run(a.program, [(r["id"], r["text"], r.get("date")) for r in gold], ["figures"])["figures"]:
        got[f["key"]].append(f)
    second = {r["id"]: r["figures"] for r in jsonl(a.either)} if a.either else {}
    n = collections.Counter()
    for r in gold:
        h = half(r["id"])
        if a.half and h != a.half:
            continue
        show = a.errors
        G, P = r["figures"], got[r["id"]]
        match = pairs([(g["start"], g["end"]) for g in G], [(p["start"], p["end"]) for p in P], overlap)
        n[h, "given"] += len(P)
        for j, p in enumerate(P):
            if j in match.values():
                continue
            kind = "barred" if any(overlap((p["start"], p["end"]), (b[0], b[1])) for b in barred.get(r["id"], [])) else "extra"
            n[h, kind] += 1
            if show:
                print(r["id"], kind.upper(), p["text"], p["measure"], p["subject"], "|", r["text"][max(0, p["start"] - 40) : p["end"] + 40].replace("\n", " "))
        for i, g in enumerate(G):
            n[h, "all"] += 1
            if i not in match:
                if show:
                    print(r["id"], "MISSED", g["words"], g["measure"], g["subject"], "|", r["text"][max(0, g["start"] - 40) : g["end"] + 40].replace("\n", " "))
                continue
            p = P[match[i]]
            other = [x for x in second.get(r["id"], []) if overlap((g["start"], g["end"]), (x["start"], x["end"]))]
            ok = max((best(x, p) for x in [g, *other[:1]]), key=lambda o: sum(o.values()))
            n[h, "found"] += 1
            for k, v in ok.items():
                n[h, k] += v
            n[h, "right"] += all(ok.values())
            if show and not all(ok.values()):
                wrong = [k for k, v in ok.items() if not v]
                print(r["id"], ",".join(wrong).upper(), "|", g["words"], g["low"], g["high"], g["qualifier"], g["subject"], g["measure"], g.get("unit"), "| given", p["text"], p["low"], p["high"], p["qualifier"], p["subject"], p["measure"], p["unit"], "|", r["text"][max(0, g["start"] - 60) : g["end"] + 60].replace("\n", " "))
    for h in ("look", "held"):
        if n[h, "all"]:
            share = lambda k, of: f"{k} {100 * n[h, k] / max(1, n[h, of]):.1f} %"
            print(f"{h}: {n[h, 'all']} marked, {n[h, 'given']} given;", share("found", "all") + ";", "of the found", ", ".join(share(k, "found") for k in ("number", "qualifier", "subject", "measure")) + ";", share("right", "all") + f"; given and marked nowhere {n[h, 'extra']}, on numbers that are no figures {n[h, 'barred']}")


if __name__ == "__main__":
    sys.exit(main())
