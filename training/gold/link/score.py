#!/usr/bin/env python3
"""Scores what `chancery` links against the marked corpus of this folder.

    python3 score.py GOLD_FOLDER PROGRAM [--stories 1,3] [--show origins|events|conflicts|speakers|positions]

The program reads GOLD_FOLDER/reports only, in one record; all that is scored comes from `chancery export`.

origins    pairs of reports of one story, one source or not: precision, recall, F1.
events     pairs of gold mentions that the program marks too (by an event mention that overlaps), one happening or
           not: precision, recall, F1; and how many of the gold mentions are marked at all.
conflicts  a found one is right when two of its sides stand (overlapping, or in the same sentence) where two sides of
           one gold conflict of its kind stand. What stands where two sides of a trap stand is a trap. What the gold
           does not list is printed by --show, for a person to judge; here it counts as wrong.
speakers   the same quotations: found as a statement, and given to the person who spoke them.
positions  quotations marked with a stance: found with that stance for that actor; changes of stance found.
"""
import argparse, collections, itertools, json, os, re, subprocess, sys, tempfile


def lines(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(x) for x in f if x.strip()]


def f1(tp, fp, fn):
    p, r = tp / max(tp + fp, 1), tp / max(tp + fn, 1)
    return p, r, 2 * p * r / max(p + r, 1e-9)


def say(what, p, r, f, extra=""):
    print(f"{what:<10} P {100 * p:5.1f}  R {100 * r:5.1f}  F1 {100 * f:5.1f}  {extra}")


def sentences(text):
    """End offsets of sentences, plainly: stops before white space and a capital or quotation mark; line ends."""
    cuts = [m.end() for m in re.finditer(r'(?<![A-Z][a-z])(?<!\b[A-Z])[.!?]["”’]?\s+(?=["“‘A-Z])|\n+', text)]
    return [0] + cuts + [len(text)]


class Corpus:
    def __init__(self, gold, program, keep):
        self.origins = {x["report"]: x for x in lines(f"{gold}/origins.jsonl")}
        self.events = lines(f"{gold}/events.jsonl")
        self.conflicts = lines(f"{gold}/conflicts.jsonl")
        self.traps = lines(f"{gold}/traps.jsonl")
        self.positions = lines(f"{gold}/positions.jsonl")
        with tempfile.TemporaryDirectory() as d:
            record = keep or f"{d}/r.db"
            subprocess.run([program, "-q", "build", f"{gold}/reports", "-o", record], check=True,
                           stdout=subprocess.DEVNULL)
            subprocess.run([program, "-q", "export", record, "--format", "jsonl", "-o", f"{d}/t"], check=True,
                           stdout=subprocess.DEVNULL)
            names = ["reports", "event_mentions", "events", "conflicts", "origins", "positions", "statements", "actors"]
            self.got = {n: lines(f"{d}/t/{n}.jsonl") for n in names}
        self.text, self.row = {}, {}
        for r in self.got["reports"]:
            name = os.path.basename(r["key"]).removesuffix(".txt")
            with open(f"{gold}/reports/{name}.txt", encoding="utf-8") as f:
                if f.read().strip() != r["text"].strip():
                    sys.exit(f"{name}: the record's text is not that of the file")
            self.text[name], self.row[name] = r["text"], r
        self.name = {r["id"]: n for n, r in self.row.items()}
        self.cuts = {n: sentences(t) for n, t in self.text.items()}

    def story(self, report):
        return self.origins[report]["story"]

    def sentence(self, report, start):
        return sum(1 for c in self.cuts[report] if c <= start)

    def quote(self, report, start, end):
        return self.text[report][start:end].replace("\n", " ")


def origins(c, stories, show):
    tp = fp = fn = 0
    for a, b in itertools.combinations(sorted(c.origins), 2):
        if c.story(a) != c.story(b) or c.story(a) not in stories:
            continue
        want = c.origins[a]["origin"] == c.origins[b]["origin"]
        got = c.row[a]["origin"] == c.row[b]["origin"]
        tp, fp, fn = tp + (want and got), fp + (got and not want), fn + (want and not got)
        if show and want != got:
            print("  ", "missed" if want else "false", a, c.origins[a], b, c.origins[b])
    say("origins", *f1(tp, fp, fn), f"({tp} pairs right, {fp} false, {fn} missed)")


def events(c, stories, show):
    marks = collections.defaultdict(list)
    for m in c.got["event_mentions"]:
        marks[c.name[m["report"]]].append(m)
    found, total = [], 0
    for e in c.events:
        for m in e["mentions"]:
            if c.story(m["report"]) not in stories:
                continue
            total += 1
            s, t = m["start"], m["start"] + len(m["words"])
            over = [(min(t, x["end"]) - max(s, x["start"]), -x["start"], x) for x in marks[m["report"]]
                    if x["start"] < t and s < x["end"]]
            if over:
                best = max(over, key=lambda o: o[:2])[2]
                found.append((e["event"], best["event"], m, best))
            elif show == "missing":
                print("   not marked", e["event"], m["report"], repr(m["words"]))
    tp = fp = fn = 0
    wrong = collections.Counter()
    for x, y in itertools.combinations(found, 2):
        if c.story(x[2]["report"]) != c.story(y[2]["report"]):
            continue
        want, got = x[0] == y[0], x[1] == y[1]
        tp, fp, fn = tp + (want and got), fp + (got and not want), fn + (want and not got)
        if want != got:
            wrong[("missed" if want else "false",) + tuple(sorted((x[0], y[0])))] += 1
    say("events", *f1(tp, fp, fn), f"({tp} pairs right, {fp} false, {fn} missed; {len(found)} of {total} gold mentions marked)")
    if show:
        for w, n in wrong.most_common(40):
            print("  ", n, *w)
        by = collections.defaultdict(lambda: collections.defaultdict(list))
        for g, e, m, best in found:
            by[g][e].append(m["report"] + ":" + m["words"] + "[" + (best["type"] or "-") + " " + (best["date"] or "-") + " " + best["status"] + " " + (best["place_name"] or "-") + "]")
        what = {e["event"]: e["what"] + " " + e["date"] for e in c.events}
        for g, groups in sorted(by.items()):
            print("  ", g, what[g])
            for e, ms in sorted(groups.items(), key=lambda x: -len(x[1])):
                print("      ", e[:6], *ms)


def stands(c, spans, side):
    """Whether evidence of the program stands where evidence of a gold side stands."""
    for r, s, t in spans:
        for g in side["evidence"]:
            if g["report"] != r:
                continue
            gs, gt = g["start"], g["start"] + len(g["words"])
            if (s < gt and gs < t) or c.sentence(r, s) == c.sentence(r, gs):
                return True
    return False


def two_sides(c, sides, gold):
    """Whether two found sides stand at two different gold sides."""
    at = [{n for n, g in enumerate(gold["sides"]) if stands(c, spans, g)} for spans in sides]
    return any(any(i != j for i in a for j in b) for a, b in itertools.combinations(at, 2))


def conflicts(c, stories, show):
    gold = [g for g in c.conflicts if c.story(g["sides"][0]["evidence"][0]["report"]) in stories]
    traps = [g for g in c.traps if c.story(g["sides"][0]["evidence"][0]["report"]) in stories]
    right, sprung, other, total, hit, lax = 0, 0, 0, 0, set(), 0
    for x in c.got["conflicts"]:
        sides = [[(c.name[e["report"]], e["start"], e["end"]) for e in s["evidence"]] for s in x["sides"]]
        if c.story(sides[0][0][0]) not in stories:
            continue
        total += 1
        same = [g["id"] for g in gold if g["kind"] == x["kind"] and two_sides(c, sides, g)]
        any_kind = [g["id"] for g in gold if two_sides(c, sides, g)]
        trap = [t["id"] for t in traps if two_sides(c, sides, t)]
        verdict = "right" if same else "trap" if trap else "unlisted"
        hit.update(same)
        lax += bool(any_kind)
        right, sprung, other = right + (verdict == "right"), sprung + (verdict == "trap"), other + (verdict == "unlisted")
        if show:
            print("  ", verdict, same or any_kind, trap, x["kind"], x["sure"], x["why"])
            for s in sides:
                for r, a, b in s[:2]:
                    print("        ", r, repr(c.quote(r, max(0, a - 90), a) + "[[" + c.quote(r, a, b) + "]]" + c.quote(r, b, b + 70)))
    p, r = right / max(total, 1), len(hit) / max(len(gold), 1)
    say("conflicts", p, r, 2 * p * r / max(p + r, 1e-9),
        f"({total} found: {right} right, {sprung} traps, {other} not listed; {len(hit)} of {len(gold)} gold ones hit; "
        f"{lax} right when the kind does not matter)")
    kinds = collections.Counter(g["kind"] for g in gold)
    hits = collections.Counter(g["kind"] for g in gold if g["id"] in hit)
    print("          ", ", ".join(f"{k} {hits[k]}/{n}" for k, n in sorted(kinds.items())))
    if show:
        for g in gold:
            if g["id"] not in hit:
                print("   missed", g["id"], g["kind"], g["about"])
                for s in g["sides"]:
                    print("        ", s["value"], "|", *[e["report"] + ":" + e["words"] for e in s["evidence"][:5]], sep="  ")


def speakers(c, stories, show):
    names = {a["id"]: a["name"].lower().split() for a in c.got["actors"]}
    said = collections.defaultdict(list)
    for s in c.got["statements"]:
        said[c.name[s["report"]]].append(s)
    right = other = none = 0
    for g in c.positions:
        for q in g["stances"]:
            if c.story(q["report"]) not in stories:
                continue
            end = q["start"] + len(q["words"])
            hit = [s for s in said[q["report"]] if any(a < end and q["start"] < b for a, b in s["content"])]
            who = [w for s in hit for w in names.get(s["speaker"], [])]
            ok = g["actor"].split()[-1].lower() in who
            right, other, none = right + ok, other + bool(hit and not ok), none + (not hit)
            if show and not ok:
                print("  ", q["report"], g["actor"], "| got", " ".join(who) or "nobody", "|", q["words"])
    print(f"speakers   {right} of {right + other + none} quotations given to who spoke them, {other} to others or nobody, {none} not found")


def positions(c, stories, show):
    actors = {a["id"]: a for a in c.got["actors"]}
    statements = {s["id"]: s for s in c.got["statements"]}
    quotes = found = changes = wanted_changes = false_changes = 0
    for g in c.positions:
        stances = [s for s in g["stances"] if c.story(s["report"]) in stories]
        if not stances:
            continue
        last = g["actor"].split()[-1].lower()
        rows = [p for p in c.got["positions"] if last in actors[p["actor"]]["name"].lower().split()]
        per = collections.defaultdict(set)
        for p in rows:
            for sid in p["statements"]:
                s = statements[sid]
                r = c.name[s["report"]]
                for n, q in enumerate(stances):
                    qs, qt = q["start"], q["start"] + len(q["words"])
                    if q["report"] == r and any(a < qt and qs < b for a, b in s["content"]):
                        per[p["issue"]].add((n, p["stance"]))
        best = max(per.values(), key=lambda v: len({n for n, st in v if stances[n]["stance"] == st}), default=set())
        right = {n for n, st in best if stances[n]["stance"] == st}
        quotes, found = quotes + len(stances), found + len(right)
        changed = len({stances[n]["stance"] for n in right}) > 1
        wanted_changes += g["changes"]
        changes += g["changes"] and changed
        false_changes += (not g["changes"]) and len({st for _, st in best}) > 1
        if show:
            print("  ", g["actor"], "|", g["issue"], "| changes", g["changes"], "| right", len(right), "of", len(stances))
            for p in rows:
                print("       got", p["issue"], p["stance"], p["condition"], p["from_lo"], p["to_hi"], len(p["statements"]))
            for n, q in enumerate(stances):
                if n not in right:
                    print("       not", q["report"], q["stance"], q["words"])
    print(f"positions  {found} of {quotes} quotations under their actor with their stance on one issue; "
          f"{changes} of {wanted_changes} changes; {false_changes} constant stances shown as changed; "
          f"{len(c.got['positions'])} rows in all")


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("gold")
    a.add_argument("program")
    a.add_argument("--stories", default="1,2,3,4")
    a.add_argument("--show", default="")
    a.add_argument("--record", help="keep the record here, so that a second run reads no report again")
    a = a.parse_args()
    c = Corpus(a.gold, os.path.abspath(a.program), a.record)
    wanted = [int(s) for s in a.stories.split(",")]
    for stories in [[s] for s in wanted] + ([wanted] if len(wanted) > 1 else []):
        print("story", *stories, f"({sum(c.story(r) in stories for r in c.origins)} reports)")
        for name, score in [("origins", origins), ("events", events), ("conflicts", conflicts), ("speakers", speakers), ("positions", positions)]:
            show = a.show if a.show == name or (a.show == "missing" and name == "events") else ""
            score(c, stories, show)


if __name__ == "__main__":
    main()
