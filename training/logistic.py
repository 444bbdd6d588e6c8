"""Logistic regression with weights that may be given instead of learned."""
import numpy as np


def fit(x, y, fixed, weight=None, penalty=1.0):
    """Newton's method; the last feature is the bias and bears no penalty. `fixed` maps features to weights that are given, not learned."""
    w = np.zeros(x.shape[1])
    weight = np.ones(len(y)) if weight is None else weight
    for k, v in fixed.items():
        w[k] = v
    learned = [k for k in range(x.shape[1]) if k not in fixed]
    ridge = np.full(x.shape[1], penalty)
    ridge[-1] = 1e-6
    for _ in range(40):
        p = 1 / (1 + np.exp(-x @ w))
        g = x.T @ (weight * (p - y)) + ridge * w
        h = (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(h[np.ix_(learned, learned)], g[learned])
        w[learned] -= step
        if abs(step).max() < 1e-6:
            break
    return w
