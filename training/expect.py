"""The marks of sample.txt by a (quantised) reader, for the check that other implementations agree."""
import pathlib

import numpy as np
import torch

import data
import infer
from coref import candidates
from doccoref import link
from labels import ROLE, UPOS
from model import viterbi
from prep import Pieces, raw_document


def marks(m, d, again=None):
    """Everything the heads say of one document; `again`: (document, trees) -> what a second reading says, which goes before the first."""
    w = infer.vectors(m, [d])[0]
    upos, head, rel = infer.parse(m, d, w)
    more = again(d, (upos == UPOS.index("VERB"), head, rel), upos) if again else {}
    paths = infer.attribution(m, w)
    cues = sorted({s for k in (1, 3) for s, _ in infer.spans(paths[k])})
    got = infer.roles(m, d, w, cues)
    rels = [m.relations[r] for r in rel]
    with torch.inference_mode():
        names = viterbi(infer.emissions(m.names, w), *infer.CN)
        time = viterbi(infer.emissions(m.time, w), m.time_trans[0].detach().numpy() + infer.C3[0], m.time_start[0].detach().numpy() + infer.C3[1])
        event = infer.emissions(m.event, w).argmax(1)
    ms = candidates(d, upos, head, rels)
    return {"attr": [[int(x) for x in p] for p in paths],
            "roles": [{"cue": c, "window": int(got[c][0]), "labels": got[c][1].tolist()} for c in cues],
            "upos": upos.tolist(), "head": head.tolist(), "rel": [int(x) for x in rel], "names": [int(x) for x in names],
            "time": [int(x) for x in time], "event": event.tolist(),
            "mentions": [list(map(int, x)) for x in ms], "antecedent": link(m, d, w, ms, upos), **more}


def expected(m, again=None):
    P = Pieces()
    out = []
    for i, text in enumerate(t for t in (pathlib.Path(__file__).parent / "sample.txt").read_text(encoding="utf8").split("\n\n") if t.strip()):
        text = text.strip("\n")
        d = data.finish(raw_document(str(i), text, P))
        out.append({"text": text, "tokens": [list(t) for t in d["offsets"]], "words": d["words"], "sentences": d["sent"].tolist(),
                    "pieces": d["pieces"], **marks(m, d, again)})
    return out
