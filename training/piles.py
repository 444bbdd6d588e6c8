"""Marked files, marked stories as the program takes them in, and the articles of Timeline17 as running text: what `allied.py`, `rivals.py`, `senses.py` and
`gold/pairs` share."""
import json
import pathlib
import re
import subprocess
import tempfile


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


def stories(folder, program):
    """The reports of a folder of marked stories as the program takes them in, for its examples."""
    with tempfile.TemporaryDirectory() as tmp:
        tmp = pathlib.Path(tmp)
        subprocess.run([program, "build", pathlib.Path(folder) / "reports", "-o", tmp / "r.db", "-q"], check=True, capture_output=True)
        subprocess.run([program, "export", tmp / "r.db", "--format", "jsonl", "-o", tmp / "out", "-q"], check=True, capture_output=True)
        rows = lines(tmp / "out" / "reports.jsonl")
    return [{"id": re.sub(r"\.txt$", "", r["key"].split("/")[-1]), "text": r["text"],
             "published": r["published"] if r["published_basis"] == "metadata" else None} for r in rows]
