#!/usr/bin/env python3
"""Score the program on marked happenings, from outside (`chancery build` and `chancery export` only).

  score_events.py CHANCERY FILE ... [--study | --held | --even | --odd] [--errors]
  score_events.py CHANCERY news.jsonl written.jsonl --data DIR [--train | --tune] [--errors]

FILE is own.txt (see `load`) or JSON Lines: {"id", "text", "date", "events": [{"trigger", "type", "status", "actors", "recipients", "place", "when"}]}; words are exact parts
of the text. Passages of news.jsonl and written.jsonl are in parts: what the second reading learned from (--train), what thresholds were set
on (--tune), and what is kept back. --study keeps the twenty passages whose ids have the smallest SHA-1, --held the others; --even and --odd
the halves by that SHA-1. --errors prints what is wrong (not of passages
that are held back).

A marked happening is paired with a mention of the program's in the same passage, one to one: first those whose words overlap and whose types are the
same, then those whose words overlap, then those of the same type. Reported of all marked ones:
  found      a mention is paired with it
  type       … and has its type
  actors     … and every marked actor is one of its actors and the other way round (nobody marked: nobody given)
  both       type, actors and recipients
  status, place, when   of those found, the same
Two names are the same when the last word of one (of the marked name, or of any name or mention the program has of that actor) is among the words of
the other. A place is the same when names share a word; a day when it is the date given, or no single day is given and none marked. Hosts count as actors; where the host and
not the guest is marked as actor, the guest is the recipient. In "X and Y met" all are actors, so sides are compared together for CONSULT and COOPERATE.
Not done: happenings marked planned, proposed, conditional, hypothetical, denied, cancelled or failed; said is how many of them the program has as
happened or ongoing. Surplus: mentions paired with nothing.
"""
import collections
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

import news

OPEN = {"planned", "proposed", "conditional", "hypothetical", "denied", "cancelled", "failed"}
DONE = {"happened", "ongoing"}


def words(s):
    s = "".join(c for c in unicodedata.normalize("NFD", s) if not unicodedata.combining(c))
    return [w for w in re.findall(r"[\w-]+", s.lower().replace("’s", "").replace("'s", "")) if w not in ("the", "a", "an")]


def load(path):
    """Passages of a JSON Lines file, or of own.txt: text || trigger|type|status|actors|recipients|place|day ## ..., several names apart by ;"""
    if not path.endswith(".txt"):
        return [json.loads(l) for l in open(path, encoding="utf8")]
    rows = []
    for l in open(path, encoding="utf8"):
        if not l.strip() or l.startswith("#"):
            continue
        text, _, rest = l.strip().partition("||")
        events = []
        for e in filter(str.strip, rest.split("##")):
            f = [x.strip() for x in e.split("|")]
            f += [""] * (7 - len(f))
            names = lambda x: [n for n in x.split(";") if n]
            events.append({"trigger": f[0], "type": f[1], "status": f[2], "actors": names(f[3]), "recipients": names(f[4]), "place": f[5] or None, "when": f[6] or None})
        rows.append({"id": f"own-{len(rows) + 1:03}", "text": text.strip(), "date": "2009-06-10", "events": events})
    return rows


def split(rows, which):
    digest = lambda r: hashlib.sha1(r["id"].encode()).hexdigest()
    if which in ("--even", "--odd"):
        return [r for r in rows if int(digest(r), 16) % 2 == (which == "--odd")]
    rows = sorted(rows, key=digest)
    return rows[:20] if which == "--study" else rows[20:] if which == "--held" else rows


class Record:
    def __init__(self, binary, rows):
        with tempfile.TemporaryDirectory() as tmp:
            t = pathlib.Path(tmp)
            with open(t / "in.jsonl", "w", encoding="utf8") as f:
                for r in rows:
                    f.write(json.dumps({"id": r["id"], "text": r["text"], "published": r["date"]}) + "\n")
            run = lambda *a: subprocess.run([binary, *a], check=True, stdout=subprocess.DEVNULL)
            run("build", "-q", str(t / "in.jsonl"), "-o", str(t / "r.db"))
            run("export", "-q", str(t / "r.db"), "--format", "jsonl", "-o", str(t / "out"))
            read = lambda n: [json.loads(l) for l in open(t / "out" / f"{n}.jsonl", encoding="utf8")]
            key = {r["id"]: r["key"] for r in read("reports")}
            self.names = collections.defaultdict(set)
            for a in read("actors"):
                self.names[a["id"]] |= {a["name"], *(a["aliases"] or [])}
            self.forms = collections.defaultdict(set)
            for m in read("mentions"):
                if m["actor"] and m["kind"] != "pronoun":
                    self.forms[key[m["report"]], m["actor"]].add(m["text"])
            self.events = collections.defaultdict(list)
            for e in read("event_mentions"):
                self.events[key[e["report"]]].append(e)

    def same(self, doc, gold, actor):
        g = words(gold)
        forms = [words(x) for x in self.names[actor] | self.forms[doc, actor]]
        return bool(g) and any(f and (g[-1] in f or f[-1] in g) for f in forms)

    def covers(self, doc, gold, got):
        return all(any(self.same(doc, g, a) for a in got) for g in gold) and all(any(self.same(doc, g, a) for g in gold) for a in got)


def sides(e):
    part = lambda *roles: [p["actor"] for p in e["participants"] or [] if p["role"] in roles]
    if part("mediator"):  # the mediator acts, those between whom he mediates are the others
        return part("mediator"), part("actor", "recipient"), []
    return part("actor"), part("recipient"), part("host")


def who(rec, doc, g, e):
    """Whether actors and recipients are right."""
    actors, others, hosts = sides(e)
    ways = [(actors + hosts, others)]
    if hosts:
        ways.append((hosts, actors + others))
        ways.append((actors, hosts + others))
    if g["type"] in ("CONSULT", "COOPERATE"):
        if rec.covers(doc, g["actors"] + g["recipients"], actors + others + hosts):
            return True, True
    found = [(rec.covers(doc, g["actors"], a), rec.covers(doc, g["recipients"], b)) for a, b in ways]
    return max(found, key=sum)


def pair(text, gold, got):
    def overlap(g, e):
        at = g.get("at", text.find(g["trigger"]))
        return at < e["end"] and e["start"] < at + len(g["trigger"])
    out, used = {}, set()
    for rule in (lambda g, e: overlap(g, e) and g["type"] == e["type"], overlap, lambda g, e: g["type"] == e["type"]):
        for i, g in enumerate(gold):
            for j, e in enumerate(got):
                if i not in out and j not in used and rule(g, e):
                    out[i] = j
                    used.add(j)
    return out


def main():
    args = sys.argv[1:]
    data = None
    if "--data" in args:
        k = args.index("--data")
        data = pathlib.Path(args[k + 1])
        del args[k:k + 2]
    opts = {a for a in args if a.startswith("--")}
    binary, *files = [a for a in args if not a.startswith("--")]
    which = next((o for o in ("--study", "--held", "--even", "--odd") if o in opts), "")
    part = "train" if "--train" in opts else "tune" if "--tune" in opts else "test"
    kept = any(pathlib.Path(f).name == "news.jsonl" for f in files) and part == "test"
    errors = "--errors" in opts and which not in ("--held", "--odd")
    if errors and kept:
        sys.exit("the errors of passages kept back are not printed; those of the others are, with --train")
    rows = []
    for f in files:
        if pathlib.Path(f).name == "news.jsonl":
            if data is None:
                sys.exit(f"{f} holds places in corpora: say where they are with --data DIR")
            rows += news.passages(pathlib.Path(f), data, part)
        else:
            rows += [r for r in load(f) if r.get("part", part) == part]
    rows = split(rows, which)
    rec = Record(binary, rows)
    n = collections.Counter()
    for r in rows:
        doc, gold, got = r["id"], r["events"], sorted(rec.events[r["id"]], key=lambda e: (e["start"], e["end"]))
        n["given"] += len(got)
        n["empty"] += not gold
        n["empty kept"] += not gold and not got
        match = pair(r["text"], gold, got)
        n["surplus"] += len(got) - len(match)
        for i, g in enumerate(gold):
            n["all"] += 1
            wrong = []
            if i not in match:
                n["not done"] += g["status"] in OPEN
                wrong = ["missed"]
            else:
                e = got[match[i]]
                a, b = who(rec, doc, g, e)
                ok = {"found": True, "type": e["type"] == g["type"], "actors": a, "recipients": b, "status": e["status"] == g["status"]}
                ok["both"] = ok["type"] and a and b
                ok["place"] = bool(set(words(g["place"])) & set(words(e["place_name"]))) if g["place"] and e["place_name"] else g["place"] == e["place_name"]
                day = e["date"] if re.fullmatch(r"\d{4}-\d\d-\d\d", e["date"] or "") else None
                ok["when"] = day == g["when"]
                for k, v in ok.items():
                    n[k] += v
                if g["status"] in OPEN:
                    n["not done"] += 1
                    n["said done"] += e["status"] in DONE
                wrong = [k for k, v in ok.items() if not v]
            if wrong and errors:
                print(f"{doc} {wrong} {json.dumps(g, ensure_ascii=False)}")
                if i in match:
                    name = lambda x: min(rec.names[x] or {"?"}, key=len)
                    print("     given", e["start"], e["type"], e["status"], [(p["role"], name(p["actor"])) for p in e["participants"] or []], e["place_name"], e["date"])
                print("    ", r["text"])
        if errors:
            for j, e in enumerate(got):
                if j not in match.values():
                    print(f"{doc} surplus {r['text'][e['start']:e['end']]!r} {e['type']} {e['status']}\n     {r['text']}")
    of = lambda k, d: f"{k} {100 * n[k] / max(1, n[d]):.1f} %"
    print(f"{len(rows)} passages, {n['all']} happenings marked, {n['given']} given, {n['surplus']} surplus; nothing given in {n['empty kept']} of {n['empty']} that tell none")
    print("of all: ", "; ".join(of(k, "all") for k in ("found", "type", "actors", "recipients", "both")))
    print("of found:", "; ".join(of(k, "found") for k in ("status", "place", "when")))
    print(f"not done: {n['not done']}, said to be done: {n['said done']} ({100 * n['said done'] / max(1, n['not done']):.1f} %)")


if __name__ == "__main__":
    main()
