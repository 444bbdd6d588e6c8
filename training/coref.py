"""Mentions: types, pair features, and the scoring of coreference. FORMAT.md gives the buckets."""
import pathlib
import tomllib

import numpy as np

# The lists that tell a sex are the program's own, so that training and reading agree.
LISTS = pathlib.Path(__file__).resolve().parent.parent / "crates/chancery-lexicon/data"
N_FLAG = 128
SAME_SEX, OTHER_SEX = 32, 64


def _sexes():
    given = tomllib.loads((LISTS / "given_names.toml").read_text(encoding="utf8"))
    titles = tomllib.loads((LISTS / "titles.toml").read_text(encoding="utf8"))
    names = {}
    for k, v in (("male", "m"), ("female", "f"), ("either", "")):
        for w in given[k].split():
            names[w] = v if names.get(w, v) == v else ""
    weak = set(given["weak"].split())
    courtesy = {w: c["sex"] for c in titles["courtesy"] for w in c["words"]}
    return {w: v for w, v in names.items() if v and w not in weak}, courtesy, titles["sex"]


GIVEN, COURTESY, ENDS = _sexes()
POSSESSIVE = ("'s", "’s", "'", "’")


def sex_of(words, m, kind):
    """'m', 'f' or '': what the words of a mention up to its head tell. Given names, courtesy titles, words such as "queen"."""
    if kind in (6, 7):
        return "mf"[kind - 6]
    if kind > 2:
        return ""
    s, e, h = m[:3]
    for k in range(h, s - 1, -1):
        if k + 1 < e and words[k + 1] in POSSESSIVE and k < h:
            continue
        w, low = words[k], words[k].lower()
        if GIVEN.get(w):
            return GIVEN[w]
        if COURTESY.get(low):
            return COURTESY[low]
        if any(low.endswith(x) for x in ENDS["female"]):
            return "f"
        if any(low.endswith(x) for x in ENDS["male"]):
            return "m"
    return ""


def sex_flag(a, b):
    return 0 if not a or not b else SAME_SEX if a == b else OTHER_SEX


PRON = {}
for k, ws in enumerate(["i me my mine myself", "we us our ours ourselves", "you your yours yourself yourselves",
                        "he him his himself", "she her hers herself", "it its itself", "they them their theirs themselves themself",
                        "this that these those who whom whose which one ones both each all another other others none some someone anyone everyone somebody anybody everybody nobody"], 3):
    for w in ws.split():
        PRON[w] = k
DEFINITE = frozenset("the this that these those my your his her its our their".split())
STRIP = frozenset("the a an this that these those my your his her its our their mr. mrs. ms. dr. sen. rep. gov. gen.".split())


def mention_type(words, m, propn):
    """0 proper, 1 definite, 2 other nominal, 3.. pronoun classes, 11 other."""
    s, e, h = m[:3]
    w = words[h].lower()
    if e - s <= 2 and w in PRON and not (w in ("her", "his") and e - s > 1):
        return PRON[w]
    if propn:
        return 0
    return 1 if words[s].lower() in DEFINITE else 2


def plain(words, s, e):
    out = [w.lower() for w in words[s:e]]
    while len(out) > 1 and out[0] in STRIP:
        out = out[1:]
    while len(out) > 1 and out[-1] in ("'s", "’s", "'", "’"):
        out = out[:-1]
    return out


def bucket(d):
    """0,1,2,3,4,5-7,8-15,16-31,32-63,64+ -> 0..9"""
    d = np.asarray(d)
    k = np.minimum(d, 4)
    for i, t in enumerate((5, 8, 16, 32, 64)):
        k = np.where(d >= t, 5 + i, k)
    return k


def mention_features(d, ms, propn=None, sent=None, entities=None):
    """Arrays over ordered mentions `ms` (start, end, head, ...): types, [M, M] features with row = anaphor, column = antecedent.

    With `entities` (one a mention), a mention also has the sex that an earlier mention of its entity told; without, the
    flags leave the sex out, since linking knows it only as it goes (`doccoref.link`).
    """
    words = d["words"]
    sent = d["sent"] if sent is None else sent
    if propn is None:
        propn = d["upos"] == 11 if "upos" in d else d["propn"]
    M = len(ms)
    types = np.array([mention_type(words, m, bool(propn[m[2]])) for m in ms])
    heads = [words[m[2]].lower() for m in ms]
    texts = [plain(words, m[0], m[1]) for m in ms]
    strings = [" ".join(t) for t in texts]
    full = types >= 3
    sets = [set(t) for t in texts]
    caps = [{w.lower() for w in words[m[0]:m[1]] if w[:1].isupper() and len(w) > 2 and w.lower() not in STRIP} if not full[k] else set() for k, m in enumerate(ms)]
    sexes = [sex_of(words, m, t) for m, t in zip(ms, types)]
    known = list(sexes)
    if entities is not None:
        told = {}
        for i, ent in enumerate(entities):
            told.setdefault(ent, sexes[i])
            told[ent] = known[i] = told[ent] or sexes[i]
    flags = np.zeros((M, M), np.int64)
    ok = np.zeros((M, M), bool)
    ss = np.array([sent[m[0]] for m in ms])
    for i in range(M):
        a = ms[i]
        for j in range(i):
            b = ms[j]
            if b[1] <= a[0] or b[0] >= a[1]:   # no mention inside the other
                ok[i, j] = True
            f = 0
            if not full[i] and not full[j]:
                if heads[i] == heads[j]:
                    f |= 1
                if strings[i] == strings[j]:
                    f |= 2
                if heads[i] in sets[j]:
                    f |= 4
                if caps[i] & caps[j]:
                    f |= 8
                if 0 <= a[0] - b[1] <= 1 and (a[0] == b[1] or words[b[1]] in (",", "(", "-", "—", "–")):
                    f |= 16
            if entities is not None:
                f |= sex_flag(sexes[i], known[j])
            flags[i, j] = f
    idx = np.arange(M)
    md = bucket(np.maximum(idx[:, None] - idx[None, :], 0))
    sd = np.minimum(np.maximum(ss[:, None] - ss[None, :], 0), 7)
    seen = np.zeros(M, np.int64)
    for i in range(M):
        seen[i] = int(any(flags[i, :i] & 1)) + 2 * int(any(flags[i, :i] & 2))
    return {"types": types, "mdist": md, "sdist": sd, "flags": flags, "ok": ok, "seen": seen, "sexes": sexes}


# Children of a noun that are no part of its mention.
OUTSIDE = frozenset("""conj cc mark cop nsubj aux punct appos parataxis advmod cc:preconj discourse advcl nsubj:pass aux:pass
nsubj:outer expl obl ccomp csubj dislocated vocative orphan list reparandum""".split())
# Nouns and pronouns with one of these relations head no mention of their own.
NO_HEAD = frozenset("nmod:desc flat fixed goeswith expl reparandum discourse".split())


def candidates(d, upos, head, rels):
    """Mentions of a parsed document: [(start, end, head word)], ordered by (start, -end).

    upos: tag numbers; head: word index of the document or -1; rels: relation names.
    """
    n = len(d["words"])
    kids = [[] for _ in range(n)]
    for i in range(n):
        if head[i] >= 0:
            kids[head[i]].append(i)
    out = {}
    for h in range(n):
        u = upos[h]
        if u not in (7, 10, 11) or rels[h] in NO_HEAD or (rels[h] == "compound" and u != 11):
            continue
        lo = hi = h
        todo = [c for c in kids[h] if rels[c] not in OUTSIDE and not (rels[c] == "case" and c < h)]
        while todo:
            k = todo.pop()
            lo, hi = min(lo, k), max(hi, k)
            todo += kids[k]
        while lo < h and upos[lo] == 12:
            lo += 1
        while hi > h and upos[hi] == 12:
            hi -= 1
        out.setdefault((lo, hi + 1), h)
    return [(s, e, h) for (s, e), h in sorted(out.items(), key=lambda x: (x[0][0], -x[0][1]))]
