"""Marked happenings and figures (gold/events/, gold/figures/) as documents for the second reading.

`happen` is the type each word tells, `standing` whether it took place, `parts` who is what to it; `measure` is what a number measures and
`counts` what it counts. A word of several stands by its head in the tree; a pronoun is what it stands for.
"""
import json
import pathlib
import re
import sys

import numpy as np

from labels import HAPPEN, MEASURE, NONE, PART, STANDING
from tokens import sentences, tokenize

GOLD = pathlib.Path(__file__).parent / "gold"
sys.path.insert(0, str(GOLD / "events"))
import news  # noqa: E402

PRONOUNS = frozenset("he she they it we i you him her them us me his their its who whom which that whose this these those himself herself themselves itself".split())
QUALIFIERS = frozenset("at least more than over about some around nearly almost up to as many as few fewer less under approximately roughly close well an estimated a the another other no only just of upwards to".split())
SETS = "outside fresh last third next fourth own".split()   # of gold/events/, written for the purpose; `sixth` is only scored
FIGURES = "figures fresh last third next fourth".split()    # of gold/figures/; `sixth` is only scored


def rows(path):
    """Passages of a JSON Lines file, or of own.txt: text || trigger|type|status|actors|recipients|place|day ## …"""
    if path.suffix != ".txt":
        return [json.loads(line) for line in open(path, encoding="utf8")]
    out = []
    for line in open(path, encoding="utf8"):
        if not line.strip() or line.startswith("#"):
            continue
        text, _, rest = line.strip().partition("||")
        events = []
        for e in filter(str.strip, rest.split("##")):
            f = [x.strip() for x in e.split("|")]
            f += [""] * (7 - len(f))
            names = lambda x: [n for n in x.split(";") if n]
            events.append({"trigger": f[0], "type": f[1], "status": f[2], "actors": names(f[3]), "recipients": names(f[4]), "place": f[5] or None})
        out.append({"id": f"own-{len(out) + 1:03}", "text": text.strip(), "events": events})
    return out


def corpora(data):
    """{name: passages}; what begins with `dev_` is scored only. `data`: the folder of corpora that news.jsonl points into."""
    e, f = GOLD / "events", GOLD / "figures"
    written = rows(e / "written.jsonl")
    out = {"news": news.passages(e / "news.jsonl", data, "train", True), "written": [r for r in written if r["part"] == "train"],
           "sets": [r for n in SETS for r in rows(e / (n + (".txt" if n == "own" else ".jsonl")))],
           "dev_news": news.passages(e / "news.jsonl", data, "test"), "dev_sixth": rows(e / "sixth.jsonl"),
           "dev_tune": news.passages(e / "news.jsonl", data, "tune") + [r for r in written if r["part"] == "tune"]}
    figures = {"figures": [r for n in FIGURES for r in rows(f / f"{n}.jsonl")] + news.figures(f / "news.jsonl", data, "train"),
               "dev_figures": rows(f / "sixth.jsonl"), "dev_news_figures": news.figures(f / "news.jsonl", data, "tune")}
    return out, figures


def examples(path):
    """The example sentences of the list of verbs: one known word each, and nothing known of the others."""
    for line in open(path, encoding="utf8"):
        f = line.rstrip("\n").split("\t")
        if line.startswith("#") or len(f) < 4 or f[1] not in HAPPEN:
            continue
        pattern, kind, _, text = f[:4]
        first = pattern.split()[0].lower()
        stem = first[:max(3, len(first) - 2)] if len(first) > 3 else first
        at = [m.start() for m in re.finditer(r"\b" + re.escape(stem), text.lower())]
        if len(at) == 1:
            word = re.match(r"[\w-]+", text[at[0]:])[0]
            yield {"id": text, "text": text, "one": True, "events": [{"trigger": word, "at": at[0], "type": kind}]}


def occurrences(text, words):
    return [m.start() for m in re.finditer(r"(?<!\w)" + re.escape(words) + r"(?!\w)", text)] or [m.start() for m in re.finditer(re.escape(words), text)]


def bare(row, pieces):
    """Words, sentences and pieces of a passage, and a function from characters to words."""
    toks = tokenize(row["text"])
    words = [row["text"][a:b] for a, b in toks]
    sent = np.zeros(len(words), np.int32)
    for k, (a, b) in enumerate(sentences(row["text"], toks)):
        sent[a:b] = k
    inside = lambda s, e: [k for k, (a, b) in enumerate(toks) if a < e and b > s]
    return {"id": row["id"], "words": words, "sent": sent, "pieces": pieces(words)}, inside


def document(row, pieces):
    """A passage with its marks as words; `settle` makes labels of them once the tree is known."""
    text = row["text"]
    d, inside = bare(row, pieces)
    marks = []
    for e in row["events"]:
        s = e["at"] if "at" in e else text.find(e["trigger"])
        trigger = inside(s, s + len(e["trigger"])) if s >= 0 else []
        if not trigger:
            continue
        if row.get("one"):
            marks.append((trigger, HAPPEN.index(e["type"]), None, None))
            continue
        parts = []
        for role, names in (("actor", e["actors"]), ("recipient", e["recipients"]), ("place", [e["place"]] if e["place"] else [])):
            for name in names:
                where = [w for p in occurrences(text, name) if (w := inside(p, p + len(name)))]
                parts.append((PART.index(role), where))
        marks.append((trigger, HAPPEN.index(e["type"]), parts, STANDING.index(e["status"])))
    d["marks"], d["whole"] = marks, not row.get("one")
    return d


def head_of(span, head):
    """The word of a span whose own head stands outside it."""
    top = [k for k in span if head[k] not in span]
    return top[0] if top else span[-1]


def settle(d, head, mentions, antecedent):
    """Labels from the marks of a passage, a tree (`head`: word or -1), and its chains of mentions."""
    words, sent = d["words"], d["sent"]
    n = len(words)
    happen, standing, parts = np.full(n, 0 if d["whole"] else NONE, np.int16), np.full(n, NONE, np.int16), []
    named = named_by(words, mentions, antecedent)
    for trigger, kind, of, status in d.pop("marks"):
        t = head_of(trigger, head)
        happen[trigger] = NONE
        happen[t] = kind
        if of is None:
            continue
        standing[t] = status
        y = np.zeros(n, np.int16)
        here, here_named, elsewhere = sent[t], set(), False
        for role, where in of:
            near = sorted(where, key=lambda w: (sent[w[0]] != here, abs(w[0] - t)))
            for w in near:
                y[w] = NONE
            if near and sent[near[0][0]] == here:
                y[head_of(near[0], head)] = role
                here_named.add(id(where))
            elsewhere |= bool(near) and id(where) not in here_named
        for k in range(n):
            if words[k].lower() not in PRONOUNS or y[k] > 0:
                continue
            meant = [(role, where) for role, where in of if role < 3 and any(a <= w[-1] and w[0] < b for w in where for a, b in named.get(k, ()))]
            if meant:
                # who is named beside the pronoun is known by the name; either may be given
                role, where = meant[-1]
                y[k] = role if id(where) not in here_named and sent[k] == here else NONE
            elif elsewhere and sent[k] == here:
                y[k] = NONE
        parts.append((t, y))
    d["happen"], d["standing"], d["parts"] = happen, standing, parts


def named_by(words, mentions, antecedent):
    """For each pronoun the spans of its chain that are no pronouns."""
    chain = {}
    for i, a in enumerate(antecedent):
        chain[i] = chain[a] if a is not None and a >= 0 and a in chain else i
    members = {}
    for i, c in chain.items():
        members.setdefault(c, []).append(mentions[i][:2])
    pronoun = lambda s, e: e - s == 1 and words[s].lower() in PRONOUNS
    return {m[0]: [x for x in members[chain[i]] if not pronoun(*x)] for i, m in enumerate(mentions) if pronoun(m[0], m[1])}


def figures(row, pieces):
    """A report of gold/figures/; `settle_figures` finishes it."""
    d, inside = bare(row, pieces)
    n = len(d["words"])
    measure, counts = np.full(n, NONE, np.int16), []
    for f in row["figures"]:
        words = inside(f["start"], f["end"])
        at = number(d["words"], words)
        if at is None:
            continue
        measure[at] = MEASURE.index(f["measure"])
        y = np.zeros(n, np.int16)
        where = [inside(p, p + len(f["subject"])) for p in occurrences(row["text"], f["subject"])] if f["subject"] else []
        near = sorted((w for w in where if w), key=lambda w: (d["sent"][w[0]] != d["sent"][at], abs(w[0] - at)))
        for w in near:
            y[w] = NONE
        for k in words:
            y[k] = NONE if y[k] == 0 and k != at else y[k]
        counts.append((at, y, near[0] if near else None))
    d["measure"], d["counts"] = measure, counts
    return d


def settle_figures(d, head):
    for _, y, near in d["counts"]:
        if near:
            y[head_of(near, head)] = 1
    d["counts"] = [(t, y) for t, y, _ in d["counts"]]


def number(words, span):
    """The word of a figure that is its number: the first with a digit, else the first that is no qualifier."""
    digits = [k for k in span if any(c.isdigit() for c in words[k])]
    plain = [k for k in span if words[k].lower() not in QUALIFIERS and any(c.isalnum() for c in words[k])]
    return (digits or plain or [None])[0]
