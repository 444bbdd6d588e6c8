"""Reading of marked files, and the articles of Timeline17 as running text: what `allied.py`, `senses.py` and `gold/pairs` share."""
import json
import re


def lines(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(x) for x in f if x.strip()]


def plain(text):
    """The articles of Timeline17 are printed word by word; this joins them again."""
    for a, b in [("-LRB- ", "("), (" -RRB-", ")"), ("-LRB-", "("), ("-RRB-", ")"), ("\\/", "/"), ("\\*", "*")]:
        text = text.replace(a, b)
    text = re.sub(r" ([,.;:?!%)])", r"\1", text)
    for a, b in [(" 's", "'s"), (" n't", "n't"), ("( ", "("), (" '", "'"), ("`` ", '"'), (" ''", '"'), ("``", '"'), ("''", '"'), ("$ ", "$")]:
        text = text.replace(a, b)
    return text
