"""Runs the program on texts from outside (`chancery build`, `chancery export`) and reads the tables it writes."""
import hashlib
import json
import pathlib
import subprocess
import tempfile

# Printed by accident before the halves were drawn: they count as looked at.
SEEN = {"f01", "f02", "f03", "m01"}


def half(i):
    """The two halves by id. Errors on `look` were studied first; since then both have been."""
    if i in SEEN:
        return "look"
    return "held" if int(hashlib.sha1(i.encode()).hexdigest(), 16) % 2 else "look"


def jsonl(path):
    with open(path, encoding="utf8") as f:
        return [json.loads(line) for line in f]


def run(program, items, tables):
    """`items`: (id, text, date). The tables, each row with `key`, the id of its item."""
    with tempfile.TemporaryDirectory() as tmp:
        t = pathlib.Path(tmp)
        with open(t / "in.jsonl", "w", encoding="utf8") as f:
            for i, text, date in items:
                f.write(json.dumps({"id": i, "text": text, **({"published": date} if date else {})}) + "\n")
        quiet = {"check": True, "stdout": subprocess.DEVNULL}
        subprocess.run([program, "build", "-q", str(t / "in.jsonl"), "-o", str(t / "r.db")], **quiet)
        subprocess.run([program, "export", "-q", str(t / "r.db"), "--format", "jsonl", "-o", str(t / "out")], **quiet)
        out = {n: jsonl(t / "out" / f"{n}.jsonl") for n in {*tables, "reports"}}
    key = {r["id"]: r["key"] for r in out["reports"]}
    for n in tables:
        for row in out[n]:
            row["key"] = key.get(row.get("report"))
    return out


def pairs(gold, given, score):
    """One to one, best score first: {index of gold: index of given}."""
    ranked = sorted(
        ((score(g, p), -i, -j) for i, g in enumerate(gold) for j, p in enumerate(given) if score(g, p) > 0), reverse=True
    )
    match, used = {}, set()
    for _, i, j in ranked:
        if -i not in match and -j not in used:
            match[-i] = -j
            used.add(-j)
    return match


def overlap(g, p):
    """Shared characters over all characters of two spans."""
    shared = min(g[1], p[1]) - max(g[0], p[0])
    return shared / (max(g[1], p[1]) - min(g[0], p[0])) if shared > 0 else 0
