#!/usr/bin/env python3
"""Score the words of actor and recipient, from outside (`chancery build` and `chancery export` only).

  score_spans.py CHANCERY cameo_ner.jsonl [--fifth | --rest]

A line of the file: {"id", "tokens", "tags"} with B-S/I-S for the source, B-T/I-T for the target (the CAMEO corpus has one pair a sentence).
--fifth keeps the ids whose SHA-1 modulo 5 is 0, --rest the others. Of the program's mentions of happenings in a sentence the one with both an actor
and a recipient counts (of several the first), else the first with one of them; where no happening has an actor, the speaker of the first statement is the
source. The words of a participant are the mention of that actor nearest to the event words. A span is right when it shares a word with the marked one."""
import collections
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile


def main():
    binary, path, *opts = sys.argv[1:]
    rows = [json.loads(l) for l in open(path, encoding="utf8")]
    held = lambda i: int(hashlib.sha1(i.encode()).hexdigest(), 16) % 5 == 0
    if "--fifth" in opts or "--rest" in opts:
        rows = [r for r in rows if held(r["id"]) == ("--fifth" in opts)]
    gold = {}
    with tempfile.TemporaryDirectory() as tmp:
        t = pathlib.Path(tmp)
        with open(t / "in.jsonl", "w", encoding="utf8") as f:
            for n, r in enumerate(rows):
                text, spans = "", collections.defaultdict(list)
                for w, tag in zip(r["tokens"], r["tags"]):
                    tight = w in ".,;:)!?%" or w in ("'s", "'", "’s", "n't") or text.endswith(("(", "$")) or not text
                    text += ("" if tight else " ") + w
                    if tag[0] == "B":
                        spans[tag[2]].append([len(text) - len(w), len(text)])
                    elif tag[0] == "I" and spans[tag[2]]:
                        spans[tag[2]][-1][1] = len(text)
                gold[str(n)] = spans
                f.write(json.dumps({"id": str(n), "text": text, "published": "2018-06-15"}) + "\n")
        run = lambda *a: subprocess.run([binary, *a], check=True, stdout=subprocess.DEVNULL)
        run("build", "-q", str(t / "in.jsonl"), "-o", str(t / "r.db"))
        run("export", "-q", str(t / "r.db"), "--format", "jsonl", "-o", str(t / "out"))
        read = lambda n: [json.loads(l) for l in open(t / "out" / f"{n}.jsonl", encoding="utf8")]
        key = {r["id"]: r["key"] for r in read("reports")}
        mentions, events, said = (collections.defaultdict(list) for _ in range(3))
        # a country that stands as a place is its state
        state = {a["country"]: a["id"] for a in read("actors") if a["kind"] == "state"}
        country = {x["id"]: x["country"] for x in read("places") if x["kind"] == "country"}
        for m in read("mentions"):
            m["actor"] = m["actor"] or state.get(country.get(m["place"]))
            mentions[key[m["report"]]].append(m)
        for e in read("event_mentions"):
            events[key[e["report"]]].append(e)
        for s in read("statements"):
            said[key[s["report"]]].append(s)
    c = collections.Counter()
    for doc, spans in gold.items():
        found = sorted(events[doc], key=lambda e: e["start"])
        who = lambda e, *roles: [p["actor"] for p in e["participants"] or [] if p["role"] in roles]
        sides = [(e, who(e, "actor", "host", "mediator"), who(e, "recipient")) for e in found]
        best = next((s for s in sides if s[1] and s[2]), None) or next((s for s in sides if s[1] or s[2]), None)
        place = lambda a, e: min(([m["start"], m["end"]] for m in mentions[doc] if m["actor"] == a), key=lambda s: abs(s[0] - e["start"]), default=None)
        got = {"S": [], "T": []}
        if best:
            e, actors, others = best
            got["S"] = [p for p in (place(a, e) for a in actors) if p]
            got["T"] = [p for p in (place(a, e) for a in others) if p]
        if not got["S"] and said[doc]:
            got["S"] = [x for x in (min(said[doc], key=lambda s: s["source"][0][0] if s["source"] else 10**9)["source"] or [])[:1]]
        for k in "ST":
            over = lambda a, b: a[0] < b[1] and b[0] < a[1]
            c[k, "g"] += len(spans[k])
            c[k, "p"] += len(got[k])
            c[k, "tp"] += sum(any(over(g, p) for p in got[k]) for g in spans[k])
            c[k, "tpp"] += sum(any(over(g, p) for g in spans[k]) for p in got[k])
    total = collections.Counter()
    for k, name in (("S", "actor"), ("T", "recipient")):
        r, p = c[k, "tp"] / max(1, c[k, "g"]), c[k, "tpp"] / max(1, c[k, "p"])
        print(f"{name:9s} marked {c[k, 'g']}, given {c[k, 'p']}: P {100 * p:.1f} R {100 * r:.1f} F1 {200 * p * r / max(1e-9, p + r):.1f}")
        for x in ("g", "p", "tp", "tpp"):
            total[x] += c[k, x]
    r, p = total["tp"] / max(1, total["g"]), total["tpp"] / max(1, total["p"])
    print(f"both      {len(gold)} sentences: P {100 * p:.1f} R {100 * r:.1f} F1 {200 * p * r / max(1e-9, p + r):.1f}")


if __name__ == "__main__":
    main()
