#!/usr/bin/env python3
"""Numbers of dead and wounded against the human-target counts of MUC-4 templates.

  python3 score_muc.py CHANCERY MUC.jsonl [--every N] [--reader rules] [--errors]

MUC.jsonl holds {id, text, templates} a line, with hum_tgt_number ("50: PEASANTS") and hum_tgt_effect_of_incident ("DEATH: PEASANTS"). A stated count
is a number of two or more that a template gives with the effect death or injury and that stands in the text, in digits or in words. It is found when a
figure of the program's in that report has it as a bound, and found with the right effect when one such figure measures `killed` (death) or `wounded`
(injury), or `casualties`. The texts are in capitals. Skips, and says so, when the file is not there.
"""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

from facts_run import jsonl

ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety"}


def forms(n):
    out = [str(n), f"{n:,}"]
    if n < 20:
        out.append(ONES[n])
    elif n < 100:
        out.append(TENS[n - n % 10] + ("" if n % 10 == 0 else "-" + ONES[n % 10]))
    if n == 12:
        out.append("a dozen")
    return out


def stated(text, n):
    return any(re.search(rf"(?<![\w,]){re.escape(f)}(?![\w]|,\d)", text, re.I) for f in forms(n))


def counts(r):
    out = set()
    for t in r["templates"]:
        effect = {}
        for e in t.get("hum_tgt_effect_of_incident") or []:
            kind, _, who = e.partition(":")
            for k, m in (("DEATH", "killed"), ("INJURY", "wounded")):
                if kind.strip() in (k, f"SOME {k}"):
                    effect.setdefault(who.strip(), set()).add(m)
        for e in t.get("hum_tgt_number") or []:
            n, _, who = e.partition(":")
            if n.strip().isdigit() and int(n) >= 2 and len(effect.get(who.strip(), ())) == 1 and stated(r["text"], int(n)):
                out.add((int(n), next(iter(effect[who.strip()]))))
    return sorted(out)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("program")
    ap.add_argument("file")
    ap.add_argument("--every", type=int, default=1, help="one report of N")
    ap.add_argument("--reader", default="neural")
    ap.add_argument("--errors", action="store_true")
    a = ap.parse_args()
    if not pathlib.Path(a.file).exists():
        print(f"SKIPPED: {a.file} is not there", file=sys.stderr)
        return 0
    rows = jsonl(a.file)[:: a.every]
    rows = [r for r in rows if counts(r)]
    with tempfile.TemporaryDirectory() as tmp:
        t = pathlib.Path(tmp)
        with open(t / "in.jsonl", "w", encoding="utf8") as f:
            f.writelines(json.dumps({"id": r["id"], "text": r["text"]}) + "\n" for r in rows)
        quiet = {"check": True, "stdout": subprocess.DEVNULL}
        subprocess.run([a.program, "build", "-q", "--reader", a.reader, str(t / "in.jsonl"), "-o", str(t / "r.db")], **quiet)
        subprocess.run([a.program, "export", "-q", str(t / "r.db"), "--format", "jsonl", "-o", str(t / "out")], **quiet)
        key = {r["id"]: r["key"] for r in jsonl(t / "out" / "reports.jsonl")}
        got = collections.defaultdict(list)
        for f in jsonl(t / "out" / "figures.jsonl"):
            got[key[f["report"]]].append(f)
    n = collections.Counter()
    for r in rows:
        for v, m in counts(r):
            fits = [f for f in got[r["id"]] if v in (f["low"], f["high"])]
            right = any(f["measure"] in (m, "casualties") for f in fits)
            n[m, "all"] += 1
            n[m, "found"] += bool(fits)
            n[m, "right"] += right
            if a.errors and not right:
                where = [re.sub(r"\s+", " ", r["text"][max(0, x.start() - 70) : x.end() + 60]) for f in forms(v) for x in re.finditer(rf"\b{re.escape(f)}\b", r["text"], re.I)]
                print(r["id"], v, m, "given", [(f["text"], f["measure"]) for f in fits], "|", where[:3])
    total = {k: n["killed", k] + n["wounded", k] for k in ("all", "found", "right")}
    for name, x in (("killed", {k: n["killed", k] for k in total}), ("wounded", {k: n["wounded", k] for k in total}), ("both", total)):
        print(f"{name}: {x['all']} stated counts; found {100 * x['found'] / max(1, x['all']):.1f} %; with the right effect {100 * x['right'] / max(1, x['all']):.1f} %")
    return 0


if __name__ == "__main__":
    sys.exit(main())
