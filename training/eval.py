#!/usr/bin/env python3
"""All development scores, with the arithmetic of the exported reader.

  python3 eval.py --work DIR --model OUT/final.pt [--data DIR] [--heldback FILE.jsonl] [--context LEFT,RIGHT] [--float] [--errors N]

--data adds names on wikigold; --heldback (nested/check.py --jsonl) adds nested statements.
"""
import argparse
import collections
import json
import pathlib

import numpy as np
import torch

import data
import infer
from export import load
from infer import f1, spans, typed_spans
from labels import NAMES
from model import viterbi
from quant import simulate

WIKI = {"person": "PER", "organization": "ORG", "place": "LOC"}


def wikigold(path, pieces):
    """(document, gold spans over its words) per stretch of about 60 sentences; hyphenated words are split as in TOKENS.md."""
    from tokens import tokenize
    docs, sents, cur = [], [], []
    for line in [*open(path, encoding="utf8"), "\n"]:
        f = line.rstrip("\n").split("\t")
        if len(f) >= 3:
            cur.append((f[1], f[2]))
        elif cur:
            if not cur[0][0].startswith("-DOCSTART"):
                sents.append(cur)
            cur = []
    for k in range(0, len(sents), 60):
        words, sent, gold = [], [], []
        for i, s in enumerate(sents[k:k + 60]):
            start = []
            for w, _ in s:
                start.append(len(words))
                parts = [w[a:b] for a, b in tokenize(w)] or [w]
                words += parts
                sent += [i] * len(parts)
            start.append(len(words))
            st = None
            for j, (_, t) in enumerate([*s, ("", "O")]):
                if st is not None and not (t[0] == "I" and t[2:] == st[1]):
                    gold.append((start[st[0]], start[j], st[1]))
                    st = None
                if t != "O" and st is None:
                    st = (j, t[2:])
        docs.append((data.finish({"id": str(k), "words": words, "sent": np.array(sent, np.int32), "pieces": pieces(words)}), gold))
    return docs


def score_names(m, docs, context, errors=0):
    ds = [d for d, _ in docs]
    per = collections.defaultdict(lambda: np.zeros(3))
    wrong = []
    for (d, gold), w in zip(docs, infer.vectors(m, ds, context)):
        with torch.inference_mode():
            got = {(a, b, WIKI[t]) for a, b, t in typed_spans(viterbi(infer.emissions(m.names, w), *infer.CN), NAMES) if t in WIKI}
        want = {x for x in gold if x[2] in ("PER", "ORG", "LOC")}
        for t in ("PER", "ORG", "LOC"):
            g, p = {x for x in want if x[2] == t}, {x for x in got if x[2] == t}
            per[t] += len(g & p), len(p), len(g)
        show = lambda s: sorted((" ".join(d["words"][a:b]), t) for a, b, t in s)
        wrong.append((show(want - got), show(got - want)))
    out = {t: f1(*v) for t, v in per.items()}
    out["names"] = f1(*sum(per.values()))
    for x in wrong[:errors]:
        print(x)
    return out


def score_marked(m, docs, context, errors=0):
    """Passages marked as in names/: every kind."""
    per = collections.defaultdict(lambda: np.zeros(3))
    for d, w in zip(docs, infer.vectors(m, [data.finish(d) for d in docs], context)):
        with torch.inference_mode():
            got = set(typed_spans(viterbi(infer.emissions(m.names, w), *infer.CN), NAMES))
        want = set(typed_spans([int(y) for y in d["names"]], NAMES))
        for t in {t for *_, t in got | want}:
            g, p = {x for x in want if x[2] == t}, {x for x in got if x[2] == t}
            per[t] += len(g & p), len(p), len(g)
        if errors and got != want:
            errors -= 1
            show = lambda s: sorted((" ".join(d["words"][a:b]), t) for a, b, t in s)
            print("missed", show(want - got), "wrong", show(got - want))
    out = {t: f1(*v) for t, v in sorted(per.items())}
    out["names"] = f1(*sum(per.values())) if per else 0
    return out


def score_nested(m, path, pieces, context, errors=0):
    """Statements in the held-back passages: cues, what belongs to them, nesting."""
    from prep import attribution, read_jsonl
    docs = [data.finish(d) for d in attribution(read_jsonl(path), pieces, True)]
    cue, inner = np.zeros(3), np.zeros(3)
    role, exact = np.zeros((4, 3)), np.zeros((4, 2))
    for d, w in zip(docs, infer.vectors(m, docs, context)):
        paths = infer.attribution(m, w)
        p1, p3 = {s for s, _ in spans(paths[1])}, {s for s, _ in spans(paths[3])}
        g1 = {c for c, _, _, n, _ in d["links"] if not n}
        g3 = {c for c, _, _, n, _ in d["links"] if n}
        cue += len((p1 | p3) & (g1 | g3)), len(p1 | p3), len(g1 | g3)
        inner += len(p3 & g3), len(p3), len(g3)
        got = infer.roles(m, d, w, sorted(g1 | g3))
        bad = []
        for c, rs, *_ in d["links"]:
            s, y = got[c]
            for k, gold in enumerate(rs):
                p = {s + int(i) for i in np.flatnonzero(y == k + 1)}
                role[k] += len(p & set(gold)), len(p), len(gold)
                if gold or p:
                    exact[k] += p == set(gold), 1
                    if p != set(gold):
                        bad.append((d["words"][c], ("source", "content", "relay", "addressee")[k], " ".join(d["words"][i] for i in sorted(p)), "GOLD", " ".join(d["words"][i] for i in gold)))
        if errors and (bad or (p1 | p3) != (g1 | g3)):
            errors -= 1
            print(" ".join(d["words"]), "\n   cues", [d["words"][i] for i in sorted(p1)], [d["words"][i] for i in sorted(p3)], "gold", [d["words"][i] for i in sorted(g1)], [d["words"][i] for i in sorted(g3)], *("\n   " + str(b) for b in bad))
    out = {"nested_passages": len(docs), "nested_cue": f1(*cue), "nested_inner_cue": f1(*inner)}
    for k, n in enumerate(("source", "content", "relay", "addressee")):
        out[f"nested_{n}"] = f1(*role[k])
        out[f"nested_{n}_exact"] = round(100 * exact[k][0] / max(1, exact[k][1]), 1)
    return out


def score_pronouns(m, path, pieces, context, errors=0):
    """Own passages: does the chain of the marked mention hold the one it refers to, and none of the others?"""
    from coref import candidates
    from doccoref import link
    from prep import raw_document, read_jsonl, span_words
    right = n = missing = 0
    for r in read_jsonl(path):
        d = data.finish(raw_document(r["id"], r["text"], pieces))
        w = infer.vectors(m, [d], context)[0]
        upos, head, rel = infer.parse(m, d, w)
        ms = candidates(d, upos, head, [m.relations[k] for k in rel])
        ante = link(m, d, w, ms, upos)
        group = []
        for j in ante:
            group.append(group[j] if j >= 0 else len(group))
        for p in r["pronouns"]:
            n += 1
            x = span_words(d, [p["mention"]])
            mine = [group[i] for i, (s, e, h) in enumerate(ms) if h in x and s >= x[0] - 1 and e <= x[-1] + 2]
            inside = lambda span: {group[i] for i, (s, e, h) in enumerate(ms) if h in span_words(d, [span])}
            want = [inside(q) for q in p["refers_spans"]]
            other = [inside((q["start"], q["end"])) for q in p["among"] if q["text"] not in p["refers"]]
            if not mine:
                missing += 1
            good = bool(mine) and all(set(mine) & q for q in want) and not any(set(mine) & q for q in other)
            right += good
            if not good and errors:
                errors -= 1
                c = [" ".join(d["words"][s:e]) for i, (s, e, h) in enumerate(ms) if group[i] in mine]
                print(r["text"], "\n   ", p["refers"], "GOT", c)
    return {"pronouns": n, "pronouns_right": round(100 * right / max(1, n), 1), "pronouns_no_mention": missing}


PRONOUNS = frozenset("he him his himself she her hers herself it its itself they them their theirs themselves i me my mine we us our ours who".split())


def score_passages(m, path, pieces, context, errors=0):
    """Passages marked as in coref/: of the pronouns whose entity is named in the passage, those whose chain holds a naming mention of it and none of another."""
    import own
    from coref import candidates
    from doccoref import link
    from prep import raw_document, span_words
    right = n = missing = 0
    for k, passage in enumerate(own.passages(path)):
        text, marks = own.entity_marks(passage, f"{path.name} passage {k + 1}")
        d = data.finish(raw_document(f"{path.stem}-{k}", text, pieces))
        w = infer.vectors(m, [d], context)[0]
        upos, head, rel = infer.parse(m, d, w)
        ms = candidates(d, upos, head, [m.relations[x] for x in rel])
        group = []
        for j in link(m, d, w, ms, upos):
            group.append(group[j] if j >= 0 else len(group))
        # the head of a gold mark: the found mention that fits it best
        def found(s, e):
            x = span_words(d, [(s, e)])
            fit = [(abs(a - x[0]) + abs(b - 1 - x[-1]), i) for i, (a, b, h) in enumerate(ms) if h in x and a <= x[-1] and b > x[0]]
            return min(fit)[1] if fit and min(fit)[0] <= 3 else None
        name, pron = {}, []
        for s, e, ent in marks:
            if text[s:e].lower() in PRONOUNS:
                pron.append((s, e, ent))
            elif (i := found(s, e)) is not None:
                name.setdefault(ent, set()).add(group[i])
        for s, e, ent in pron:
            if not any(x == ent and text[a:b].lower() not in PRONOUNS for a, b, x in marks):
                continue
            n += 1
            i = found(s, e)
            missing += i is None
            good = i is not None and group[i] in name.get(ent, ()) and not any(group[i] in v for x, v in name.items() if x != ent)
            right += good
            if not good and errors:
                errors -= 1
                c = [" ".join(d["words"][a:b]) for q, (a, b, h) in enumerate(ms) if i is not None and group[q] == group[i]]
                print(passage, "\n   ", text[s:e], ent, "GOT", c)
    return {"pronouns": n, "right": round(100 * right / max(1, n), 1), "no_mention": missing}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--work", type=pathlib.Path, required=True)
    ap.add_argument("--model", type=pathlib.Path, required=True)
    ap.add_argument("--data", type=pathlib.Path)
    ap.add_argument("--heldback", type=pathlib.Path)
    ap.add_argument("--pronouns", type=pathlib.Path, help="pronouns.jsonl of nested/check.py")
    ap.add_argument("--gold", type=pathlib.Path, help="folder with names*.txt marked as in names/ and pron*.txt marked as in coref/")
    ap.add_argument("--context", default="", help="pieces of context left,right of a window")
    ap.add_argument("--float", action="store_true", help="unquantised")
    ap.add_argument("--only", default="", help="comma list of: main names nested coref")
    ap.add_argument("--errors", type=int, default=0)
    ap.add_argument("--threads", type=int, default=2)
    a = ap.parse_args()
    torch.set_num_threads(a.threads)
    context = tuple(map(int, a.context.split(","))) if a.context else None
    only = set(a.only.split(",")) if a.only else {"main", "names", "nested", "coref"}
    m = load(a.model)
    if not a.float:
        simulate(m)
    r = {}
    if "main" in only:
        r.update(infer.evaluate(m, {n: data.load(a.work, n) for n in ("polnear_dev", "ewt_dev", "gum_dev", "timebank_dev")}, context=context))
    if a.data or a.heldback or a.pronouns or a.gold:
        from prep import Pieces
        P = Pieces()
    if a.data and "names" in only:
        r["wikigold"] = score_names(m, wikigold(a.data / "names/wikigold.conllu", P), context, a.errors)
    if a.heldback and "nested" in only:
        r.update(score_nested(m, a.heldback, P, context, a.errors))
    if a.pronouns:
        r.update(score_pronouns(m, a.pronouns, P, context, a.errors))
    if a.gold:
        import own
        docs = [own.name_passages(p, P) for p in sorted(a.gold.glob("names*.txt"))]
        r["gold_names"] = score_marked(m, [d for x in docs for d in x], context, a.errors)
        for p in sorted(a.gold.glob("pron*.txt")):
            r[f"gold_{p.stem}"] = score_passages(m, p, P, context, a.errors)
    if "coref" in only:
        from train_coref import score
        for n in ("gum_dev", "gum_news"):
            docs = data.load(a.work, n)
            r[f"coref_{n}"] = score(m, docs)
            r[f"coref_{n}_gold_mentions"] = score(m, docs, True)
    print(json.dumps(r, indent=1))


if __name__ == "__main__":
    main()
