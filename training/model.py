"""The reader: MiniLM-L6 and its heads. FORMAT.md gives the same formulas for the exported weights."""
import torch
import torch.nn as nn
import torch.nn.functional as F

from labels import ATTR, BIO3, EVENT, NAMES, ROLE, UPOS

H, LAYERS, INNER, HEADS = 384, 6, 1536, 12
N_CASE = 6
N_DIST, N_SENT = 17, 7          # buckets of signed word distance and of signed sentence distance
N_TYPE, N_MDIST, N_SDIST, N_FLAG = 12, 10, 8, 128
MLP_ROLE, MLP_ARC, MLP_REL, MLP_COREF = 128, 256, 96, 128


def dist_bucket(d):
    """Signed distance -> 0..16: 8 + sign * {0,1,2,3-4,5-8,9-16,17-32,33-64,65+}."""
    a = d.abs()
    k = torch.zeros_like(a)
    for i, t in enumerate((1, 2, 3, 5, 9, 17, 33, 65)):
        k = torch.where(a >= t, torch.full_like(a, i + 1), k)
    return 8 + torch.sign(d) * k


def sent_bucket(d):
    return d.clamp(-3, 3) + 3


class Drop(nn.Module):
    """Dropout whose masks are stretches of one long random mask: the generator of a CPU is slower than the layer itself."""

    def __init__(self, p):
        super().__init__()
        self.p, self.pool = p, {}

    def forward(self, x):
        if not self.training or not self.p:
            return x
        n = x.numel()
        if x.dtype not in self.pool:
            self.pool[x.dtype] = ((torch.rand(1 << 23) >= self.p).float() / (1 - self.p)).to(x.dtype)
        pool = self.pool[x.dtype]
        if n > len(pool):
            return F.dropout(x, self.p)
        at = int(torch.randint(0, len(pool) - n + 1, (1,)))
        return x * pool[at:at + n].view(x.shape)


class Layer(nn.Module):
    def __init__(self, p=.1):
        super().__init__()
        self.qkv = nn.Linear(H, 3 * H)
        self.o = nn.Linear(H, H)
        self.n1 = nn.LayerNorm(H, eps=1e-12)
        self.f1 = nn.Linear(H, INNER)
        self.f2 = nn.Linear(INNER, H)
        self.n2 = nn.LayerNorm(H, eps=1e-12)
        self.d = Drop(p)

    def forward(self, x, m):
        B, S, _ = x.shape
        q, k, v = self.qkv(x).view(B, S, 3, HEADS, H // HEADS).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=m).transpose(1, 2).reshape(B, S, H)
        x = self.n1(x + self.d(self.o(a)))
        return self.n2(x + self.d(self.f2(F.gelu(self.f1(x), approximate="tanh"))))


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Embedding(30522, H)
        self.p = nn.Embedding(512, H)
        self.n = nn.LayerNorm(H, eps=1e-12)
        self.d = Drop(.1)
        self.L = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.c = nn.Embedding(N_CASE, H)   # the vocabulary has no case; names and proper nouns need it
        nn.init.zeros_(self.c.weight)

    def forward(self, ids, mask, case):
        x = self.d(self.n(self.w(ids) + self.p.weight[:ids.shape[1]] + self.c(case)))
        m = mask[:, None, None, :]
        m = None if bool(m.all()) else m
        for layer in self.L:
            x = layer(x, m)
        return x

    def load_base(self, path):
        from safetensors.torch import load_file
        w = {k.replace("bert.", ""): v for k, v in load_file(path).items()}
        with torch.no_grad():
            self.w.weight.copy_(w["embeddings.word_embeddings.weight"])
            self.p.weight.copy_(w["embeddings.position_embeddings.weight"] + w["embeddings.token_type_embeddings.weight"][0])

            def cp(m, p):
                m.weight.copy_(w[p + ".weight"])
                m.bias.copy_(w[p + ".bias"])
            cp(self.n, "embeddings.LayerNorm")
            for i, l in enumerate(self.L):
                p = f"encoder.layer.{i}."
                names = [p + f"attention.self.{n}" for n in ("query", "key", "value")]
                l.qkv.weight.copy_(torch.cat([w[n + ".weight"] for n in names]))
                l.qkv.bias.copy_(torch.cat([w[n + ".bias"] for n in names]))
                cp(l.o, p + "attention.output.dense")
                cp(l.n1, p + "attention.output.LayerNorm")
                cp(l.f1, p + "intermediate.dense")
                cp(l.f2, p + "output.dense")
                cp(l.n2, p + "output.LayerNorm")
        return self


class Reader(nn.Module):
    def __init__(self, relations):
        super().__init__()
        self.relations = list(relations)
        R = len(relations)
        self.enc = Encoder()
        self.drop = Drop(.1)
        z = lambda *s: nn.Parameter(torch.zeros(*s))
        r = lambda *s: nn.Parameter(torch.randn(*s) / s[-1] ** .5 * .3)
        self.attr = nn.Linear(H, len(ATTR) * 3)
        self.attr_trans = z(len(ATTR), 3, 3)      # [layer, from, to]
        self.attr_start = z(len(ATTR), 3)
        self.role_cue, self.role_word = nn.Linear(H, MLP_ROLE), nn.Linear(H, MLP_ROLE)
        self.role_u, self.role_v = r(len(ROLE), MLP_ROLE, MLP_ROLE), z(len(ROLE), MLP_ROLE)
        self.role_dist, self.role_sent = z(N_DIST, len(ROLE)), z(N_SENT, len(ROLE))
        self.upos = nn.Linear(H, len(UPOS))
        self.arc_dep, self.arc_head = nn.Linear(H, MLP_ARC), nn.Linear(H, MLP_ARC)
        self.arc_u, self.arc_v, self.arc_root, self.arc_dist = r(MLP_ARC, MLP_ARC), z(MLP_ARC), r(1, MLP_ARC), z(N_DIST)
        self.rel_dep, self.rel_head = nn.Linear(H, MLP_REL), nn.Linear(H, MLP_REL)
        self.rel_root = r(1, MLP_REL)
        self.rel_u, self.rel_vd, self.rel_vh, self.rel_b = r(R, MLP_REL, MLP_REL), z(R, MLP_REL), z(R, MLP_REL), z(R)
        self.names = nn.Linear(H, len(NAMES))
        self.time = nn.Linear(H, 3)
        self.time_trans, self.time_start = z(1, 3, 3), z(1, 3)
        self.event = nn.Linear(H, len(EVENT))
        self.coref_ana, self.coref_ant = nn.Linear(3 * H, MLP_COREF), nn.Linear(3 * H, MLP_COREF)
        self.coref_u, self.coref_v = r(MLP_COREF, MLP_COREF), z(MLP_COREF)
        self.coref_type, self.coref_mdist, self.coref_sdist, self.coref_flag = z(N_TYPE, N_TYPE), z(N_MDIST), z(N_SDIST), z(N_FLAG)
        self.coref_new, self.coref_newtype, self.coref_newflag = z(MLP_COREF), z(N_TYPE), z(4)

    def words(self, ids, mask, case, first):
        """Vectors of the words: the last layer at each word's first piece. [B, W, H], float32."""
        x = self.enc(ids, mask, case)
        B, W = first.shape
        return self.drop(torch.gather(x, 1, first[:, :, None].expand(B, W, H)).float())

    def roles(self, cue, words, which, dist, sent):
        """cue [N, H], words [B, W, H], which [N] (window of each cue), dist and sent [N, W] -> [N, W, 3]"""
        a, b = F.relu(self.role_cue(cue)), F.relu(self.role_word(words))[which]
        s = torch.einsum("na,rab,nwb->nwr", a, self.role_u, b) + torch.einsum("rb,nwb->nwr", self.role_v, b)
        return s + self.role_dist[dist_bucket(dist)] + self.role_sent[sent_bucket(sent)]

    def arcs(self, h, same):
        """h [B, W, H], same [B, W, W] (same sentence) -> [B, W, 1 + W]; column 0 is the root."""
        d, e = F.relu(self.arc_dep(h)), F.relu(self.arc_head(h))
        W = h.shape[1]
        i = torch.arange(W)
        s = d @ self.arc_u @ e.transpose(1, 2) + (e @ self.arc_v)[:, None, :] + self.arc_dist[dist_bucket(i[None, :] - i[:, None])]
        s = s.masked_fill(~same | torch.eye(W, dtype=torch.bool), -1e4)
        root = d @ self.arc_u @ self.arc_root[0] + self.arc_root[0] @ self.arc_v
        return torch.cat([root[:, :, None], s], 2)

    def rels(self, dep, head, is_root):
        """dep, head [N, H], is_root [N] -> [N, R]"""
        d = F.relu(self.rel_dep(dep))
        e = torch.where(is_root[:, None], self.rel_root, F.relu(self.rel_head(head)))
        return torch.einsum("na,rab,nb->nr", d, self.rel_u, e) + d @ self.rel_vd.T + e @ self.rel_vh.T + self.rel_b

    def coref_vectors(self, x):
        """x [M, 3H] = vectors of the first word, the head word and the last word."""
        return F.relu(self.coref_ana(x)), F.relu(self.coref_ant(x))

    def coref_scores(self, ana, ant, types, mdist, sdist, flags, newflag):
        """ana [M, C], ant [N, C], types [M], features [M, N] -> pair scores [M, N], new-entity scores [M]. types of ants in types[1]."""
        ta, tn = types
        s = ana @ self.coref_u @ ant.T + (ant @ self.coref_v)[None, :]
        s = s + self.coref_type[ta][:, tn] + self.coref_mdist[mdist] + self.coref_sdist[sdist] + self.coref_flag[flags]
        return s, ana @ self.coref_new + self.coref_newtype[ta] + self.coref_newflag[newflag]


def crf_nll(emit, gold, trans, start, valid):
    """Linear-chain negative log likelihood, sum over sequences. emit [N, T, L], gold [N, T], trans [N, L, L], start [N, L].

    The partition function multiplies transfer matrices pairwise, so the depth is log2 T.
    """
    N, T, L = emit.shape
    g = gold.clamp_min(0)
    v = valid.float()
    score = start.gather(1, g[:, :1]).squeeze(1) + (emit.gather(2, g[:, :, None]).squeeze(2) * v).sum(1)
    pair = trans.reshape(N, L * L).gather(1, g[:, :-1] * L + g[:, 1:])
    score = score + (pair * v[:, 1:]).sum(1)
    eye = torch.full((L, L), -1e4)
    eye.fill_diagonal_(0.)
    m = trans[:, None] + emit[:, 1:, None, :]
    m = torch.where(valid[:, 1:, None, None], m, eye)
    while m.shape[1] > 1:
        if m.shape[1] % 2:
            m = torch.cat([m, eye.expand(N, 1, L, L)], 1)
        m = torch.logsumexp(m[:, 0::2, :, :, None] + m[:, 1::2, None, :, :], 3)
    first = start + emit[:, 0]
    z = torch.logsumexp(first, 1) if T == 1 else torch.logsumexp(first[:, :, None] + m[:, 0], (1, 2))
    return (z - score).sum()


def viterbi(emit, trans, start):
    """Best label path of one sequence; emit [T, L] numpy. Ties go to the lower label."""
    import numpy as np
    T = len(emit)
    if T == 0:
        return []
    s = start + emit[0]
    back = []
    for t in range(1, T):
        m = s[:, None] + trans
        k = m.argmax(0)
        back.append(k)
        s = m[k, np.arange(len(s))] + emit[t]
    path = [int(s.argmax())]
    for k in reversed(back):
        path.append(int(k[path[-1]]))
    return path[::-1]


def bio_constraints(labels):
    """Transition and start scores that forbid I-x after anything but B-x or I-x (-1e4), 0 elsewhere."""
    import numpy as np
    n = len(labels)
    t, s = np.zeros((n, n), np.float32), np.zeros(n, np.float32)
    for j, y in enumerate(labels):
        if y.startswith("I"):
            s[j] = -1e4
            for i, x in enumerate(labels):
                if x == "O" or x[1:] != y[1:]:
                    t[i, j] = -1e4
    return t, s
