"""Our own marked passages for names (names/) and for coreference (coref/); the README of each folder says how they are marked."""
import re

import numpy as np

from labels import NAMES, bio

KIND = {"P": "person", "O": "organization", "L": "place", "G": "group", "E": "event", "T": "office"}


class Fault(Exception):
    """A passage that breaks the rules of its folder."""


def _files(folder):
    return sorted(p for p in folder.glob("*.txt"))


def name_marks(text, where):
    """Plain text and [(start, end, kind)] of a passage with [P ...] marks."""
    out, marks, at = [], [], 0
    for m in re.finditer(r"\[([A-Z]) ([^\[\]]+)\]|[\[\]]", text):
        if m[1] not in KIND:
            raise Fault(f"{where}: a bracket that is no mark: {text[max(0, m.start() - 20):m.end() + 20]!r}")
        out.append(text[at:m.start()])
        s = sum(map(len, out))
        out.append(m[2])
        marks.append((s, s + len(m[2]), KIND[m[1]]))
        at = m.end()
    out.append(text[at:])
    return "".join(out), marks


def names(folder, pieces):
    """Documents with gold name labels, one a passage."""
    return [d for path in _files(folder) for d in name_passages(path, pieces)]


def name_passages(path, pieces):
    """The passages of one file."""
    from prep import raw_document, span_words
    docs = []
    for k, passage in enumerate(p.strip() for p in re.split(r"\n\s*\n", path.read_text(encoding="utf8")) if p.strip()):
        where = f"{path.name} passage {k + 1}"
        text, marks = name_marks(passage, where)
        d = raw_document(f"{path.stem}-{k}", text, pieces)
        y = np.zeros(len(d["words"]), np.int16)
        for s, e, kind in marks:
            w = span_words(d, [(s, e)])
            if not w or y[w].any():
                raise Fault(f"{where}: marks overlap or hold no word: {text[s:e]!r}")
            y[w[0]:w[-1] + 1] = bio(NAMES, kind, w[-1] + 1 - w[0])
        d.update(names=y, gold_names=True)
        docs.append(d)
    return docs


def passages(path):
    """The passages of a file of coref/."""
    return [p.strip() for p in re.split(r"(?m)^---.*$", path.read_text(encoding="utf8")) if p.strip()]


def entity_marks(text, where):
    """Plain text and [(start, end, entity)] of a passage with {1 ...} marks, which may nest."""
    out, n, stack, marks, k = [], 0, [], [], 0
    while k < len(text):
        c = text[k]
        if c == "{":
            m = re.compile(r"\{(\d+) ").match(text, k)
            if not m:
                raise Fault(f"{where}: a brace without a number: {text[k:k + 30]!r}")
            stack.append((n, m[1]))
            k = m.end()
        elif c == "}":
            if not stack:
                raise Fault(f"{where}: a brace that closes nothing near {text[max(0, k - 30):k]!r}")
            s, ent = stack.pop()
            marks.append((s, n, ent))
            k += 1
        else:
            out.append(c)
            n += 1
            k += 1
    if stack:
        raise Fault(f"{where}: a brace that is never closed")
    return "".join(out), marks


def coref(folder, pieces, nlp):
    """Documents with gold mentions; heads of mentions and proper nouns are the teacher's."""
    from spacy.tokens import Doc

    from prep import raw_document, span_words
    docs = []
    for path in _files(folder):
        for k, passage in enumerate(passages(path)):
            where = f"{path.name} passage {k + 1}"
            text, marks = entity_marks(passage, where)
            d = raw_document(f"{path.stem}-{k}", text, pieces)
            o = d["offsets"]
            plain = [w.replace("’", "'").replace("“", '"').replace("”", '"') for w in d["words"]]
            x = Doc(nlp.vocab, words=plain, spaces=[o[i][1] < o[i + 1][0] for i in range(len(o) - 1)] + [True])
            for _, pipe in nlp.pipeline:
                x = pipe(x)
            head = [t.head.i for t in x]
            ms = set()
            for s, e, ent in marks:
                w = span_words(d, [(s, e)])
                if not w:
                    raise Fault(f"{where}: a mark without a word: {text[s:e]!r}")
                a, b = w[0], w[-1] + 1
                if b - a > 1 and d["words"][b - 1] in ("'s", "’s", "'", "’"):
                    b -= 1
                if d["sent"][a] != d["sent"][b - 1]:
                    continue
                top = [i for i in range(a, b) if not a <= head[i] < b or head[i] == i]
                top = [i for i in top if x[i].pos_ in ("NOUN", "PROPN", "PRON")] or top
                ms.add((a, b, top[0] if top else b - 1, ent, "", False))
            d["propn"] = np.array([t.pos_ == "PROPN" for t in x])
            d["mentions"] = sorted(ms)
            docs.append(d)
    return docs
