"""Marks offices and titles in a list of words by a pattern: silver labels for the reader's "office" tag.

An office is a core noun, with the modifiers that belong to the title before it ("deputy foreign"), and for the cores
that take one a complement after it ("of state", "for political affairs").
"""
CORE = frozenset("""
minister president premier chancellor secretary ambassador envoy governor mayor senator congressman congresswoman representative
speaker chairman chairwoman chairperson chair director commissioner commander general admiral colonel major captain lieutenant
sergeant judge justice prosecutor attorney spokesman spokeswoman spokesperson king queen prince princess emir sultan sheikh
pope bishop archbishop cardinal patriarch ayatollah imam rabbi professor dean chief whip consul marshal vizier tsar shah
sen. rep. gov. gen. col. lt. adm. capt. sgt. prof. maj. dr. amb. councillor councilman lawmaker deputy treasurer comptroller
inspector superintendent sheriff brigadier rapporteur
""".split())
ALONE_NOT = frozenset("chief general major chair deputy justice attorney prince king queen dr. dean cardinal whip marshal captain representative prosecutor judge secretary director lawmaker inspector".split())
MODIFIER = frozenset("""
prime foreign defense defence interior finance justice health energy trade agriculture education labor labour transport culture
deputy vice assistant associate under acting interim chief senior first second special general executive managing supreme
attorney solicitor surgeon lieutenant major brigadier rear majority minority house senate press state national
permanent joint lead police army naval military intelligence security economy economic environment information home
communications campaign policy crown lord united nations u.n. un district federal county
""".split())
OF_CORE = frozenset("minister secretary director chief speaker president governor chairman chairwoman ambassador commissioner commander deputy representative head prosecutor attorney professor".split())
COMPLEMENT = frozenset("""
state defense defence interior treasury war foreign affairs finance justice health energy trade commerce agriculture education labor
labour transport transportation culture homeland security staff house political public military international economic national
intelligence the operations police relations near eastern european asian human rights services veterans housing urban development and
""".split())
CONTENT_COMPLEMENT = COMPLEMENT - {"the", "and"}


def offices(words):
    """[(start, end)] word ranges that name an office."""
    low = [w.lower() for w in words]
    n, out, i = len(words), [], 0
    while i < n:
        if low[i] not in CORE:
            i += 1
            continue
        s, e = i, i + 1
        while e < n and low[e] in CORE and words[e][:1].isupper() == words[s][:1].isupper():
            e += 1
        # modifiers, also over a hyphen: vice-president, attorney-general
        while s > 0:
            if low[s - 1] in MODIFIER and (not words[s][:1].isupper() or words[s - 1][:1].isupper()):
                s -= 1
            elif low[s - 1] == "-" and s > 1 and low[s - 2] in MODIFIER:
                s -= 2
            elif low[s - 1] == "and" and s > 1 and low[s - 2] in MODIFIER and words[s][:1].isupper() and words[s - 2][:1].isupper() and low[s] in MODIFIER:
                s -= 2
            else:
                break
        while low[s] in ("first", "second", "state", "house", "senate", "united", "nations", "national", "home", "army", "police", "military", "security", "u.n.", "un", "economic", "federal") and low[s + 1:s + 2] and not words[s][:1].isupper():
            s += 1   # lower case and not part of a title: "state governor"
            if s >= i:
                break
        core = low[e - 1]
        for _ in range(2):   # "secretary of state for political affairs"
            if core not in OF_CORE or e + 1 >= n or low[e] not in ("of", "for"):
                break
            k = e + 1
            while k < n and low[k] in COMPLEMENT and k - e < 7:
                k += 1
            while k > e + 1 and low[k - 1] in ("the", "and"):
                k -= 1
            if not any(low[q] in CONTENT_COMPLEMENT for q in range(e + 1, k)):
                break
            if words[i][:1].isupper() != words[k - 1][:1].isupper() and core != "chief":
                break
            e = k
        single = e - s == 1
        name_next = e < n and words[e][:1].isupper() and words[e][:1].isalpha()
        if single and core in ALONE_NOT and not (words[s][:1].isupper() and name_next and s > 0) and not (core.endswith(".") and name_next):
            i = e
            continue
        if single and core.endswith(".") and not name_next:
            i = e
            continue
        out.append((s, e))
        i = e
    return out
