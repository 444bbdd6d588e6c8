#!/usr/bin/env python3
"""Score which actor a pronoun has in the record, from outside.

  python3 score_actors_of_pronouns.py CHANCERY [FILE...] [--errors]

FILE is a file of passages marked as `first/pron.txt`, or a CoNLL-U file with `Entity=` in its tenth column (GUM); without one, `first/pron.txt` and
`second/pron.txt`. Of a GUM file the genres news, court, interview, bio and speech are read. A pronoun counts when the program has an actor
for some name or noun of its entity; it is right when its mention has one of these. The coreference head alone is scored by the example `score_pronouns`.
"""
import argparse
import collections
import pathlib
import re

from facts_run import run

HERE = pathlib.Path(__file__).resolve().parent
THIRD = set("he him his himself she her hers herself it its itself they them their theirs themselves".split())
FIRST = set("i me my we us our ours you your".split())
GENRES = {"news", "court", "interview", "bio", "speech"}


def braces(source):
    """A text and its marks, from `{1 the envoy}`, which may nest."""
    text, marks, open_, i = "", [], [], 0
    while i < len(source):
        if source[i] == "{":
            j = source.index(" ", i)
            open_.append((len(text), source[i + 1 : j]))
            i = j + 1
            continue
        if source[i] == "}":
            start, entity = open_.pop()
            marks.append((start, len(text), entity))
        else:
            text += source[i]
        i += 1
    return text, marks


def entities(value, start, end, open_, marks):
    for part in re.finditer(r"\(([^()]*)(\)?)|([^()]+)\)", value):
        if part.group(1) is not None:
            entity = part.group(1).split("-")[0]
            if part.group(2):
                marks.append((start, end, entity))
            else:
                open_[entity].append(start)
        else:
            entity = part.group(3).split("[")[0]
            if open_[entity]:
                marks.append((open_[entity].pop(), end, entity))


def gum(doc):
    text, marks, open_, joined = "", [], collections.defaultdict(list), None
    for line in doc.split("\n"):
        if line.startswith("# newpar") and not line.startswith("# newpar_block") and text:
            text = text.rstrip() + "\n\n"
        row = line.split("\t")
        if line.startswith("#") or len(row) < 10 or "." in row[0]:
            continue
        if "-" in row[0]:
            joined = (int(row[0].split("-")[1]), row[9])
            continue
        start = len(text)
        text += row[1]
        found = re.search(r"Entity=([^|]*)", row[9])
        if found:
            entities(found.group(1), start, len(text), open_, marks)
        last, misc = joined or (0, row[9])
        if int(row[0]) > last:
            joined, misc = None, row[9]
        if int(row[0]) >= last and "SpaceAfter=No" not in misc:
            text += " "
    return text, marks


def passages(path):
    source = path.read_text(encoding="utf8")
    if path.suffix == ".conllu":
        docs = [d.split("\n", 1) for d in source.split("# newdoc id = ")[1:]]
        return [gum(body) for name, body in docs if name.split("_")[1] in GENRES]
    return [braces(p.lstrip("-").strip()) for p in source.split("\n---") if p.lstrip("-").strip()]


def main():
    a = argparse.ArgumentParser()
    a.add_argument("program")
    a.add_argument("files", nargs="*", type=pathlib.Path)
    a.add_argument("--errors", action="store_true")
    a = a.parse_args()
    for path in a.files or [HERE / "first" / "pron.txt", HERE / "second" / "pron.txt"]:
        gold = passages(path)
        out = run(a.program, [(f"p{n:04}", text, None) for n, (text, _) in enumerate(gold)], ["mentions", "actors"])
        names = {x["id"]: x["name"] for x in out["actors"]}
        given = collections.defaultdict(list)
        for m in out["mentions"]:
            given[m["key"]].append(m)
        texts = {r["key"]: r["text"] for r in out["reports"]}
        count = collections.Counter()
        for key, printed in texts.items():
            text, marks = gold[int(key[-4:])]
            if printed.strip() != text.strip():
                count["skipped"] += 1
                continue
            off = text.index(printed.strip()) - printed.index(printed.strip())
            mine = [(m["start"] + off, m["end"] + off, m["actor"], m["kind"]) for m in given[key]]
            pronoun = lambda s, e: text[s:e].lower() in THIRD | FIRST
            actors = collections.defaultdict(set)
            for s, e, entity in marks:
                inner = [x for x in marks if x[2] != entity and s <= x[0] and x[1] <= e and (x[0], x[1]) != (s, e)]
                for b, c, actor, kind in mine:
                    held = s <= b and c <= e and not any(x[0] <= b and c <= x[1] for x in inner)
                    if not pronoun(s, e) and actor and kind != "pronoun" and held:
                        actors[entity].add(actor)
            found = {(b, c): actor for b, c, actor, kind in mine if kind == "pronoun"}
            for s, e, entity in marks:
                if not pronoun(s, e) or not actors[entity]:
                    continue
                kind = "first" if text[s:e].lower() in FIRST else "third"
                actor = found.get((s, e))
                said = "right" if actor in actors[entity] else "wrong" if actor else "none"
                count[kind, said] += 1
                if a.errors and said != "right":
                    want = sorted(names.get(x, x) for x in actors[entity])
                    around = (text[max(0, s - 120) : s] + "[[" + text[s:e] + "]]" + text[e : e + 50]).replace("\n", " ")
                    print(f"{said}: {names.get(actor)} for {want} | {around}")
        for kind, title in (("third", "he, she, it, they"), ("first", "I, we, you")):
            all_ = sum(count[kind, x] for x in ("right", "wrong", "none"))
            print(
                f"{path.name}: {title}: {count[kind, 'right']} of {all_} right ({100 * count[kind, 'right'] / max(1, all_):.1f} %), "
                f"wrong {count[kind, 'wrong']}, nobody {count[kind, 'none']}; passages skipped {count['skipped']}"
            )


if __name__ == "__main__":
    main()
