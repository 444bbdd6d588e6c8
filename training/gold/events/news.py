"""The passages of news.jsonl, here, in ../figures and in ../times: places in corpora, whose text is taken from a folder of them."""
import json
import re

CORPORA = {"t17": "t17/articles.jsonl", "polnear": "polnear/train.jsonl", "timebank": "times/timebank.jsonl", "aquaint": "times/aquaint.jsonl",
           "plv": "events/plv_train.jsonl", "cameo_ner": "events/cameo_ner_train.jsonl"}


def rows(path, data, part):
    """The rows of one part, each with the text it points at."""
    texts = {}
    for line in open(path, encoding="utf8"):
        r = json.loads(line)
        if r["part"] != part:
            continue
        s = r["source"]
        if s not in texts:
            all_ = (json.loads(x) for x in open(data / CORPORA[s], encoding="utf8") if x.strip())
            texts[s] = {d["id"]: d["text"] if "text" in d else " ".join(d["tokens"]) for d in all_}
        yield r, plain(s, texts[s][r["doc"]][r["start"]:r["end"]])


def passages(path, data, part, second=False):
    """Passages of happenings; `second`: also what another person marked again."""
    out = []
    for r, text in rows(path, data, part):
        if r["second"] and not second:
            continue
        words = lambda span: text[span[0]:span[1]]
        events = [{**e, "trigger": words(e["trigger"]), "at": e["trigger"][0], "actors": [words(x) for x in e["actors"]], "recipients": [words(x) for x in e["recipients"]],
                   "place": words(e["place"]) if e["place"] else None} for e in r["events"]]
        out.append({"id": r["id"], "text": text, "date": r["date"] or "2010-01-01", "events": events})
    return out


def figures(path, data, part):
    """Passages of figures."""
    out = []
    for r, text in rows(path, data, part):
        fs = [{**f, "start": f["words"][0], "end": f["words"][1], "words": text[f["words"][0]:f["words"][1]],
               "subject": text[f["subject"][0]:f["subject"][1]] if f["subject"] else None} for f in r["figures"]]
        out.append({"id": r["id"], "text": text, "date": r["date"] or "2010-01-01", "figures": fs})
    return out


def times(path, data, part):
    """Passages of time expressions."""
    out = []
    for r, text in rows(path, data, part):
        ts = [{**t, "start": t["words"][0], "end": t["words"][1], "text": text[t["words"][0]:t["words"][1]]} for t in r["timexes"]]
        out.append({"id": r["id"], "text": text, "dct": r["date"] or "2010-01-01", "timexes": ts})
    return out


def plain(source, raw):
    """A stretch of a corpus as it was shown to those who marked it: treebank tokens put together again, white space made one."""
    s = raw
    if source in ("t17", "cameo_ner"):
        s = s.replace("\\/", "/").replace("\\*", "*")
        s = re.sub(r"\s+([.,;:!?%)\]}])", r"\1", s)
        s = re.sub(r"([(\[{$£€])\s+", r"\1", s)
        s = re.sub(r"\s+('s|'re|'ve|'ll|'d|'m|n't|')\b", r"\1", s)
        s = re.sub(r"\s+'(\s)", r"'\1", s)
        s = s.replace("-LRB- ", "(").replace(" -RRB-", ")").replace("-LRB-", "(").replace("-RRB-", ")")
        s = re.sub(r"``\s*", '"', s)
        s = re.sub(r"\s*''", '"', s)
    return re.sub(r"\s+", " ", s).strip()
