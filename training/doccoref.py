"""Coreference over whole documents: vectors of mentions from all windows, greedy linking."""
import numpy as np
import torch

from coref import OTHER_SEX, mention_features, sex_flag

REACH = 150   # antecedents are looked for among this many earlier mentions


@torch.inference_mode()
def word_vectors(wins):
    return torch.cat([v[a - s:b - s] for a, b, s, e, v in wins])


def mention_vectors(h, ms):
    x = torch.tensor([[s, hd, e - 1] for s, e, hd, *_ in ms])
    return h[x].reshape(len(ms), -1)


@torch.inference_mode()
def scores(m, d, h, ms, upos):
    """Pair scores [M, M] without the flags (-1e4 where not allowed), new-entity scores [M], and the features."""
    f = mention_features(d, ms, propn=np.asarray(upos) == 11)
    ana, ant = m.coref_vectors(mention_vectors(h, ms))
    t = {k: torch.from_numpy(v) for k, v in f.items() if k != "sexes"}
    s, new = m.coref_scores(ana, ant, (t["types"], t["types"]), t["mdist"], t["sdist"], t["flags"], t["seen"])
    s = s - m.coref_flag[t["flags"]]
    i = torch.arange(len(ms))
    s = s.masked_fill(~t["ok"] | (i[:, None] - i[None, :] > REACH), -1e4)
    return s, new, f


def link(m, d, wins, ms, upos):
    """For each mention the index of its antecedent, or -1 for a new entity. Ties go to the nearer antecedent.

    A chain has the sex that one of its mentions told; "he" and "she" join no chain of the other sex, and always
    join one when there is any.
    """
    if not ms:
        return []
    s, new, f = scores(m, d, word_vectors(wins), ms, upos)
    s, new, table = s.numpy(), new.numpy(), m.coref_flag.detach().numpy()
    out, chain, sex = [], [], []
    for i in range(len(ms)):
        personal = f["types"][i] in (6, 7)
        known = [sex[c] for c in chain]
        best, found = (-9e3 if personal else new[i]), -1
        for j in range(i - 1, -1, -1):
            g = sex_flag(f["sexes"][i], known[j])
            if s[i, j] <= -9e3 or personal and g == OTHER_SEX:
                continue
            x = s[i, j] + table[f["flags"][i, j] | g]
            if x > best:
                best, found = x, j
        out.append(found)
        if found < 0:
            chain.append(len(sex))
            sex.append(f["sexes"][i])
        else:
            chain.append(chain[found])
            sex[chain[found]] = sex[chain[found]] or f["sexes"][i]
    return out
