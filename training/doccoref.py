"""Coreference over whole documents: vectors of mentions from all windows, greedy linking."""
import numpy as np
import torch

from coref import mention_features

REACH = 150   # antecedents are looked for among this many earlier mentions


@torch.inference_mode()
def word_vectors(wins):
    return torch.cat([v[a - s:b - s] for a, b, s, e, v in wins])


def mention_vectors(h, ms):
    x = torch.tensor([[s, hd, e - 1] for s, e, hd, *_ in ms])
    return h[x].reshape(len(ms), -1)


@torch.inference_mode()
def scores(m, d, h, ms, upos):
    """Pair scores [M, M] (-1e4 where not allowed) and new-entity scores [M]."""
    f = mention_features(d, ms, propn=np.asarray(upos) == 11)
    ana, ant = m.coref_vectors(mention_vectors(h, ms))
    t = {k: torch.from_numpy(v) for k, v in f.items()}
    s, new = m.coref_scores(ana, ant, (t["types"], t["types"]), t["mdist"], t["sdist"], t["flags"], t["seen"])
    i = torch.arange(len(ms))
    s = s.masked_fill(~t["ok"] | (i[:, None] - i[None, :] > REACH), -1e4)
    return s, new


def link(m, d, wins, ms, upos):
    """For each mention the index of its antecedent, or -1 for a new entity. Ties go to the nearer antecedent."""
    if not ms:
        return []
    s, new = scores(m, d, word_vectors(wins), ms, upos)
    out = []
    for i in range(len(ms)):
        row = s[i, :i]
        if not i:
            out.append(-1)
            continue
        j = i - 1 - int(row.flip(0).argmax())
        out.append(j if row[j] > new[i] else -1)
    return out
