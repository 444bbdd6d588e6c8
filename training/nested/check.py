#!/usr/bin/env python3
"""Read the marked passages, check every mark, count the forms, write JSON Lines.

  python3 check.py                         check everything, print counts
  python3 check.py --jsonl DIR             also write DIR/train.jsonl, DIR/heldback.jsonl, DIR/pronouns.jsonl
  python3 check.py --jsonl FILE.jsonl      the training passages only, into one file

Offsets are half-open and count Unicode code points. Standard library only.
The marks are described in README.md beside this file.
"""
import argparse
import collections
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
ACTS = set("say deny decline confirm warn promise threaten demand request accuse reject agree propose "
           "praise thank doubt hope believe plan report".split())
FORMS = {
    "qas": "AGENCY quoted X as saying",
    "qby": "X was quoted by/in PAPER as saying",
    "trep": "X told Y that ..., AGENCY reported",
    "minw": "MINISTRY said X had warned that ...",
    "carr": "statement carried by AGENCY",
    "anon": "anonymous source",
    "cond": "told AGENCY on condition of anonymity",
    "decl": "declined to say / to comment / would not be drawn",
    "pron": "pronoun speaker, antecedent in an earlier sentence",
    "para": "quotation running over paragraphs",
    "split": "split quotation",
    "conj": "conjoined cues",
    "noun": "noun cue",
    "act": "deny, confirm, warn, promise, threaten, demand, accuse ...",
    "head": "headline",
    "ques": "question",
    "zero": "reported speech without that",
    "inv": "inverted order",
    "three": "three levels",
    "doc": "document, recording or poll as source",
    "neg": "no attribution at all",
}
LEAST = {form: 25 for form in FORMS} | {"neg": 60}
LABEL = re.compile(r"\[(\d+(?:,\d+)*)([sctraR]+)(?::([a-z]+))? ")

MORE = re.compile(r"[.!?][\"”’]*\s+[\"“‘]?[A-Z]")


class Fault(Exception):
    pass


def words(text):
    return len(re.findall(r"\w[\w'’-]*", text))


def unmark(marked):
    """Plain text, and the marks as (ids, roles, act, start, end)."""
    out, stack, marks, i, n = [], [], [], 0, 0
    while i < len(marked):
        ch = marked[i]
        if ch == "[":
            m = LABEL.match(marked, i)
            if not m:
                raise Fault(f"bracket without a label at {marked[i:i + 25]!r}")
            stack.append((m, n))
            i = m.end()
            continue
        if ch == "]":
            if not stack:
                raise Fault(f"closing bracket too many before {marked[i:i + 25]!r}")
            m, start = stack.pop()
            if start == n:
                raise Fault(f"empty mark {m.group(0)!r}")
            marks.append(([int(x) for x in m.group(1).split(",")], m.group(2), m.group(3), start, n))
        else:
            out.append(ch)
            n += 1
        i += 1
    if stack:
        raise Fault(f"mark never closed: {stack[-1][0].group(0)!r}")
    return "".join(out), sorted(marks, key=lambda k: (k[3], -k[4]))


def inside(spans, holder):
    return all(any(s <= a and b <= e for s, e in holder) for a, b in spans)


def rows_of(text, marks):
    rows = {}
    for ids, roles, act, start, end in marks:
        piece = text[start:end]
        if piece != piece.strip():
            raise Fault(f"mark begins or ends with a space: {piece!r}")
        if act and "c" not in roles:
            raise Fault(f"act on a mark that is no cue: {piece!r}")
        if act and act not in ACTS:
            raise Fault(f"unknown act {act!r}")
        for i in ids:
            row = rows.setdefault(i, {"s": [], "c": [], "t": [], "r": [], "a": [], "R": [], "act": "say"})
            for role in roles:
                row[role].append([start, end])
            if act:
                row["act"] = act
    if sorted(rows) != list(range(1, len(rows) + 1)):
        raise Fault(f"ids must run 1, 2, 3 ...: {sorted(rows)}")
    for i, row in rows.items():
        if not row["c"]:
            raise Fault(f"row {i} has no cue")
        if len(row["s"]) > 1:
            raise Fault(f"row {i} has two sources")
        if not row["t"]:
            raise Fault(f"row {i} has no content")
        spans = sorted(row["c"] + row["t"])
        if any(a[1] > b[0] for a, b in zip(spans, spans[1:])):
            raise Fault(f"row {i}: cue and content overlap")
        # The holder is the smallest content that contains the inner cue.
        holders = [(sum(e - s for s, e in o["t"]), j) for j, o in rows.items()
                   if j != i and inside(row["c"], o["t"])]
        row["within"] = min(holders)[1] if holders else None
    for i, row in rows.items():
        if row["within"] is not None and not inside(row["t"], rows[row["within"]]["t"]):
            raise Fault(f"row {i}: content reaches outside the content of row {row['within']}")
    return rows


def chain(text, rows, i):
    row, out, seen = rows[i], [], set()
    while True:
        for start, end in row["r"] + row["R"]:
            out.append({"text": text[start:end], "start": start, "end": end})
        i = row["within"]
        if i is None or i in seen:
            return out
        seen.add(i)
        row = rows[i]
        for start, end in row["s"]:
            out.append({"text": text[start:end], "start": start, "end": end})


def depth(rows, i):
    n = 1 + len(rows[i]["r"] + rows[i]["R"])
    up = rows[i]["within"]
    return n + (depth(rows, up) if up is not None else 0)


def check_forms(forms, text, rows):
    def need(form, ok, why):
        if form in forms and not ok:
            raise Fault(f"form {form}: {why}")
    for form in forms:
        if form not in FORMS:
            raise Fault(f"unknown form {form!r}")
    if not forms:
        raise Fault("no form named on the --- line")
    need("neg", not rows, "has an attribution")
    if not rows and "neg" not in forms:
        raise Fault("no attribution, yet not marked neg")
    low = text.lower()
    need("qas", "quot" in low and any(r["r"] for r in rows.values()), "no quoted ... as with a relay")
    need("qby", "quot" in low and any(r["r"] for r in rows.values()), "no passive quoted with a relay")
    for form in ("trep", "minw"):
        need(form, any(r["within"] for r in rows.values()), "no row within another")
    need("carr", any(r["r"] for r in rows.values()), "no relay")
    need("cond", "anonym" in low or "not to be named" in low or "not be named" in low
         or "withheld" in low or "not authorised" in low or "not authorized" in low, "no anonymity named")
    need("decl", any(r["act"] == "decline" for r in rows.values()), "no act decline")
    need("para", "\n\n" in text and any(len(r["t"]) > 1 for r in rows.values()), "no content over two paragraphs")
    need("split", any(len(r["t"]) > 1 for r in rows.values()), "no content in two parts")
    need("conj", len(rows) > 1, "only one row")
    need("act", any(r["act"] not in ("say", "report") for r in rows.values()), "only plain saying")
    need("ques", "?" in text or "ask" in low or "whether" in low, "no question")
    need("three", any(depth(rows, i) >= 3 for i in rows), "fewer than three levels")
    pronouns = {"he", "she", "they", "his", "her", "their", "i", "we", "it", "its"}
    need("pron", any(text[s:e].lower() in pronouns for r in rows.values() for s, e in r["s"]), "no pronoun source")


def place(text, mention, what):
    """`word` or `word#n`: the n-th occurrence as a whole word, case kept."""
    m = re.fullmatch(r"(.*?)(?:#(\d+))?", mention)
    word, nth = m.group(1), int(m.group(2) or 0)
    hits = [h.span() for h in re.finditer(r"(?<!\w)" + re.escape(word) + r"(?!\w)", text)]
    if not hits:
        raise Fault(f"{what} {word!r} is not in the passage")
    if not nth and len(hits) > 1 and what == "mention":
        raise Fault(f"mention {word!r} occurs {len(hits)} times: add #n")
    if nth > len(hits):
        raise Fault(f"{what} {word!r} occurs only {len(hits)} times, #{nth} asked")
    return list(hits[(nth or 1) - 1])


def pronoun_marks(text, lines, rows):
    found = []
    for line in lines:
        keys = dict(re.findall(r'(\w+)="([^"]*)"', line))
        if set(keys) != {"mention", "refers", "among"}:
            raise Fault(f"want mention, refers and among: {line!r}")
        mention = place(text, keys["mention"], "mention")
        refers = [r.strip() for r in keys["refers"].split(";")]
        among = [r.strip() for r in keys["among"].split(";")]
        if len(among) < 2:
            raise Fault(f"fewer than two candidates: {line!r}")
        for name in refers:
            if name not in among:
                raise Fault(f"{name!r} is not among the candidates")
        spot = {name: place(text, name, "name") for name in among}
        if not any(mention == s for r in rows.values() for s in r["s"]):
            raise Fault(f"mention {keys['mention']!r} is not the source of any row")
        found.append({"mention": mention, "refers": refers, "refers_spans": [spot[r] for r in refers],
                      "among": [{"text": n, "start": s[0], "end": s[1]} for n, s in spot.items()]})
    return found


def passages(path, pronouns):
    """Each passage as (line number, id, forms, marked text, @-lines)."""
    blocks, forms, body, at, no = [], None, [], [], 0
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines() + ["---"], 1):
        if line.startswith("---"):
            text = "\n".join(body).strip("\n")
            if text:
                blocks.append((no, forms, text, at))
            forms, body, at, no = line[3:].split(), [], [], number
        elif line.startswith("@"):
            at.append(line)
        else:
            body.append(line.rstrip())
    stem = path.parent.name + "-" + path.stem
    return [(no, f"{stem}-{k:03d}", forms or [], text, at) for k, (no, forms, text, at) in enumerate(blocks, 1)]


def read(path, pronouns=False):
    out, faults = [], []
    for number, name, forms, marked, at in passages(path, pronouns):
        try:
            text, marks = unmark(marked)
            rows = rows_of(text, marks)
            record = {"id": name, "text": text, "forms": forms, "attributions": [
                {"id": i, "source": r["s"], "cue": r["c"], "content": r["t"], "within": r["within"],
                 "relays": chain(text, rows, i), "addressee": r["a"], "act": r["act"]}
                for i, r in sorted(rows.items())]}
            if pronouns:
                if not at:
                    raise Fault("no @ mention line")
                record["pronouns"] = pronoun_marks(text, at, rows)
            else:
                if at:
                    raise Fault("@ lines belong to the pronoun passages")
                check_forms(forms, text, rows)
                if not 12 <= words(text) <= 95 and not {"head", "neg"} & set(forms):
                    raise Fault(f"{words(text)} words")
            out.append(record)
        except Fault as fault:
            faults.append(f"{path.relative_to(HERE.parent)}:{number}: {fault} | {marked[:60]!r}")
    return out, faults


def main():
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("--sourceless", action="store_true", help="list the rows that name no source")
    args.add_argument("--jsonl", metavar="OUT", type=pathlib.Path, help="folder, or one FILE.jsonl for training alone")
    opts = args.parse_args()
    sets, faults = {}, []
    for name, folder, pro in (("train", HERE, False), ("heldback", HERE / "heldback", False),
                              ("pronouns", HERE.parent / "pronouns", True)):
        sets[name] = []
        for path in sorted(folder.glob("*.txt")):
            got, bad = read(path, pro)
            sets[name] += got
            faults += bad
    seen, skeletons = {}, {}
    for record in (r for group in sets.values() for r in group):
        key = re.sub(r"\W+", " ", record["text"].lower()).strip()
        if key in seen:
            faults.append(f"{record['id']}: same text as {seen[key]}")
        seen[key] = record["id"]
        # Names and numbers taken out, two passages must still differ.
        bare = re.sub(r"\b[A-Z0-9][\w'’-]*", "X", record["text"])
        bare = re.sub(r"(X[ ,.]*)+", "X ", bare)
        if bare in skeletons and len(bare) > 40:
            faults.append(f"{record['id']}: same passage as {skeletons[bare]} with other names")
        skeletons[bare] = record["id"]
    both = sets["train"] + sets["heldback"]
    count = collections.Counter(f for r in both for f in r["forms"])
    held = collections.Counter(f for r in sets["heldback"] for f in r["forms"])
    print(f"{'form':6} {'all':>5} {'held':>5}")
    for form, what in FORMS.items():
        print(f"{form:6} {count[form]:5} {held[form]:5}  {what}")
        if count[form] < LEAST[form]:
            faults.append(f"form {form}: {count[form]} passages, {LEAST[form]} wanted")
        if not held[form]:
            faults.append(f"form {form}: none held back")
    for name, group in sets.items():
        rows = [a for r in group for a in r["attributions"]]
        print(f"{name}: {len(group)} passages, {len(rows)} attributions, "
              f"{sum(a['within'] is not None for a in rows)} within another, "
              f"{sum(bool(a['relays']) for a in rows)} with relays, "
              f"{sum(bool(MORE.search(r['text'])) for r in group)} of two or more sentences, "
              f"{sum(words(r['text']) for r in group)} words")
    print(f"acts: {dict(collections.Counter(a['act'] for r in both for a in r['attributions']).most_common())}")
    if opts.jsonl:
        single = opts.jsonl.suffix == ".jsonl"
        if not single:
            opts.jsonl.mkdir(parents=True, exist_ok=True)
        for name, group in sets.items():
            if single and name != "train":
                continue
            target = opts.jsonl if single else opts.jsonl / f"{name}.jsonl"
            target.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in group), encoding="utf-8")
            print(f"wrote {len(group)} passages to {target}")
    if opts.sourceless:
        for record in both:
            for a in record["attributions"]:
                if not a["source"]:
                    print("no source:", record["id"], a["id"], record["text"][:90].replace("\n", " "))
    for fault in faults:
        print("FAULT", fault, file=sys.stderr)
    print(f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
