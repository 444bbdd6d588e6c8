"""The integer arithmetic of the exported reader, simulated in float32.

Products of 8-bit activations and 7-bit weights sum to less than 2^24 over at most 1536 terms, so float32 holds every
sum exactly and the order of summation does not matter.
"""
import torch
import torch.nn as nn


def quantize(w, top, dim):
    """Symmetric integers of `w` and the scale per slice; `dim` is the dimension reduced over."""
    s = (w.abs().amax(dim, keepdim=True) / top).clamp_min(1e-12)
    return (w / s).round().clamp(-top, top), s.squeeze(dim)


class QLinear(nn.Module):
    def __init__(self, q, s, b):
        super().__init__()
        self.q, self.s, self.b = q, s, b     # [in, out], [out], [out]

    def forward(self, x):
        sx = x.abs().amax(-1, keepdim=True).clamp_min(1e-6) / 127.
        xq = (x / sx).round().clamp(-127, 127)
        return (xq @ self.q) * sx * self.s + self.b


def simulate(m):
    """Replace the encoder's linears by integer ones, round the embeddings to 8 bits and the heads to half floats; in place."""
    with torch.no_grad():
        for l in m.enc.L:
            for n in ("qkv", "o", "f1", "f2"):
                lin = getattr(l, n)
                q, s = quantize(lin.weight.T.contiguous(), 63, 0)
                setattr(l, n, QLinear(q, s, lin.bias.detach().clone()))
        q, s = quantize(m.enc.w.weight, 127, 1)
        m.enc.w.weight.copy_(q * s[:, None])
        for n, p in m.named_parameters():
            if not n.startswith("enc.") and p.numel() > 4096:
                p.copy_(p.half().float())
    return m.eval()
