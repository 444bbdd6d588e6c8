"""Words and sentences of raw text, by the rules of TOKENS.md. Offsets are Unicode code points."""
import re

ABBREVIATIONS = frozenset("""
Mr. Mrs. Ms. Dr. Prof. Sen. Sens. Rep. Reps. Gov. Govs. Gen. Col. Lt. Sgt. Capt. Cmdr. Maj. Adm. Brig. Rev. Hon. Amb. Atty.
St. Ft. Mt. Jr. Sr. Esq. Messrs. Mlle. Mme. Inc. Corp. Co. Cos. Ltd. Bros. Assn. Dept. Univ. vs. etc. al. cf. approx. est. ca.
Jan. Feb. Aug. Sept. Oct. Nov. Dec. Mon. Tues. Thurs. Fri. Ave. Blvd. Rd.
Ala. Ariz. Ark. Calif. Colo. Conn. Fla. Ga. Ind. Kan. Ky. La. Md. Mich. Minn. Mo. Mont. Neb. Nev. Okla. Ore. Pa. Tenn. Tex. Va. Vt. Wis. Wyo.
Ph.D.
""".split())
NUMBER_ABBREVIATIONS = frozenset(["No.", "Nos.", "p.", "pp.", "Art.", "Vol.", "Sec."])   # only before a digit
# A sentence may end with one of these when a sentence opener follows.
MAY_END = frozenset("Inc. Corp. Co. Ltd. Jr. Sr. etc. al. Ph.D. Esq. Bros.".split())
OPENERS = frozenset("""The A An He She It They We You I But And In On At His Her Its Their This That These Those There If When While
After Before As For With Mr. Mrs. Ms. Dr. Sen. Rep. Gov. Gen. So Yet However Meanwhile Earlier Later""".split())
SPLIT_WORDS = {"cannot": 3, "gonna": 3, "gotta": 3, "wanna": 3}
CLITICS = ("s", "re", "ve", "ll", "d", "m")
PREFIXES = frozenset(["e", "co", "re", "non", "pre", "multi", "semi"])
TLDS = "com|org|net|gov|edu|mil|int|info|co|uk|us|ru|de|fr|eu|tv|cn|ir|il|ua"

APOSTROPHES = "'’"
SPACE = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff]+")
URL = re.compile(r"(?:https?://|www\.)[^\s\u200b\ufeff<>\"“”]+", re.I)
EMAIL = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+")
HANDLE = re.compile(r"[@#]\w+")
DOTS = re.compile(r"\.{2,}|…+")
RUNS = re.compile(r"-{2,}|[!?]{2,}|={2,}|\*{2,}|_{2,}")
PTB_QUOTE = re.compile(r"``|''")
NUMBER = re.compile(r"\d+(?:[.,:/]\d+)+|\d+(?=(?:am|pm|AM|PM)(?!\w))|\.\d+")   # plain integers are word runs
ACRONYM = re.compile(r"(?:[^\W\d_]\.){2,}")
INITIAL = re.compile(r"[A-HJ-Z]\.")
DOMAIN = re.compile(r"[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*\.(?:" + TLDS + r")(?![\w])")
AMPERSAND = re.compile(r"[A-Z]+&[A-Z]+(?!\w)")
CLITIC_ALONE = re.compile(r"[" + APOSTROPHES + r"](?:s|re|ve|ll|d|m|em|til|tis|twas|cause|\d\ds?)(?!\w)", re.I)
WORD = re.compile(r"[\w\u0300-\u036f\u00ad]+")


def _word_tokens(text, i):
    """A run of word characters with apostrophes inside it, from i; returns the end and the inner cut points."""
    m = WORD.match(text, i)
    e = m.end()
    # o'clock, O'Brien, don't, Putin's: an apostrophe between word characters belongs to the run
    while e + 1 < len(text) and text[e] in APOSTROPHES:
        m = WORD.match(text, e + 1)
        if not m:
            break
        e = m.end()
    s = text[i:e].lower().replace("’", "'")
    cuts = []
    end = len(s)
    if s in SPLIT_WORDS:
        return e, [i + SPLIT_WORDS[s]]
    while True:
        if s[:end].endswith("n't"):
            if end > 3:
                cuts.append(i + end - 3)
            end -= 3
            continue
        k = s.rfind("'", 0, end)
        if k > 0 and s[k + 1:end] in CLITICS:
            cuts.append(i + k)
            end = k
            continue
        break
    return e, sorted(cuts)


def tokenize(text):
    """[(start, end)] of the words of `text`."""
    out = []
    i, n = 0, len(text)
    while i < n:
        m = SPACE.match(text, i)
        if m:
            i = m.end()
            continue
        c = text[i]
        before_word = i > 0 and (text[i - 1].isalnum() or text[i - 1] == "_")
        if not before_word:
            m = URL.match(text, i)
            if m:
                e = m.end()
                while e > i and text[e - 1] in ".,;:!?)]}'’*":
                    e -= 1
                out.append((i, e)); i = e
                continue
            m = EMAIL.match(text, i)
            if m:
                out.append((i, m.end())); i = m.end()
                continue
            m = HANDLE.match(text, i)
            if m and not m.group()[1:].isdigit():
                out.append((i, m.end())); i = m.end()
                continue
        m = DOTS.match(text, i) or RUNS.match(text, i) or PTB_QUOTE.match(text, i)
        if m:
            out.append((i, m.end())); i = m.end()
            continue
        if c.isdigit() or (c == "." and not before_word):
            m = NUMBER.match(text, i)
            if m:
                out.append((i, m.end())); i = m.end()
                continue
        if c in APOSTROPHES:
            m = CLITIC_ALONE.match(text, i)
            if m:
                out.append((i, m.end())); i = m.end()
                continue
        m = WORD.match(text, i)
        if not m:
            out.append((i, i + 1)); i += 1
            continue
        if not before_word:
            m = ACRONYM.match(text, i)
            if m:
                e = m.end()
                # U.S, and A.B.Smith: only whole when no letter follows
                if e < n and text[e].isalnum():
                    e = None
                if e:
                    out.append((i, e)); i = e
                    continue
            m = DOMAIN.match(text, i) or AMPERSAND.match(text, i)
            if m:
                out.append((i, m.end())); i = m.end()
                continue
            m = INITIAL.match(text, i)
            # an initial: "George W. Bush"; a capital must follow the dot, at most one space between
            if m:
                k = m.end()
                k += k < n and text[k] == " "
                if k < n and text[k].isupper():
                    out.append((i, m.end())); i = m.end()
                    continue
        m = WORD.match(text, i)
        e = m.end()
        if e < n and text[e] == "." and not before_word:
            a = text[i:e + 1]
            if a == "Ph." and text[e + 1:e + 3] == "D.":
                out.append((i, e + 3)); i = e + 3
                continue
            if a in ABBREVIATIONS or (a in NUMBER_ABBREVIATIONS and re.match(r"\s?\d", text[e + 1:e + 3])):
                out.append((i, e + 1)); i = e + 1
                continue
        if e < n and text[e] == "-" and text[i:e].lower() in PREFIXES and e + 1 < n and text[e + 1].islower():
            e2 = WORD.match(text, e + 1).end()
            e2, cuts = _word_tokens(text, e + 1)
            marks = [i] + cuts + [e2]
        else:
            e2, cuts = _word_tokens(text, i)
            marks = [i] + cuts + [e2]
        out.extend(zip(marks, marks[1:]))
        i = e2
    return out


END = re.compile(r"\.+|[!?]+|…+")
CLOSERS = frozenset(["”", "’", ")", "]", "''", "'", "»"])
OPEN_QUOTES = frozenset(["“", "‘", "``", "(", "[", '"', "'", "«"])


def sentences(text, tokens):
    """[(first, past-last)] word index ranges: a partition of `tokens`."""
    out, start, n = [], 0, len(tokens)
    i = 0
    while i < n:
        w = text[tokens[i][0]:tokens[i][1]]
        j = i + 1
        gap = text[tokens[i][1]:tokens[j][0]] if j < n else ""
        if j < n and re.search(r"\n\s*\n", gap):
            out.append((start, j)); start = i = j
            continue
        full = END.fullmatch(w) is not None
        abbr = w in MAY_END or ACRONYM.fullmatch(w) is not None
        if full or abbr:
            while j < n and (lambda c, g: (c in CLOSERS or (c == '"' and not g) or END.fullmatch(c)) and not re.search(r"\n\s*\n", g))(
                    text[tokens[j][0]:tokens[j][1]], text[tokens[j - 1][1]:tokens[j][0]]):
                j += 1
            if j < n:
                k = j
                nxt = text[tokens[k][0]:tokens[k][1]]
                space = text[tokens[j - 1][1]:tokens[j][0]] != ""
                opened = nxt in OPEN_QUOTES
                if opened and k + 1 < n:
                    k += 1
                first = text[tokens[k][0]:tokens[k][1]]
                ok = space and not first[0].islower() and (opened or nxt not in (",", ";", ":", "--", "-", "–", "—"))
                if abbr and not full:
                    ok = ok and (first in OPENERS or j > i + 1)
                if ok or re.search(r"\n\s*\n", text[tokens[j - 1][1]:tokens[j][0]]):
                    out.append((start, j)); start = j
            i = j
            continue
        i += 1
    if start < n:
        out.append((start, n))
    return out
