#!/usr/bin/env python3
"""Days and passages of `chancery ask story` against timelines written by journalists: F1 of the days, ROUGE-1 of the words.

    python3 timeline_score.py ARTICLES.jsonl TIMELINES.json PROGRAM [--topic NAME] [--reader rules] [--folder DIR]

ARTICLES has one article a line (id, topic, date, text); TIMELINES maps topic to timelines, each a list of entries with
a date. For each reference timeline as many days are asked for as it has, within its first and last day; the mean over
the timelines of a topic is the topic's figure. Beside it stands simple date counting on the same time expressions:
the days that most sentences name, an article without any counting for its own day.

ROUGE-1 (Lin 2004) is of the passage shown for a day and all that the reference tells of that day, over all days of the
reference, those that are missing counting as nothing; words in lower case, without function words and one-letter words.
"""
import argparse, collections, json, os, pathlib, re, subprocess, sys, tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "training"))
from piles import plain

STOP = set("""a an the of to in on at by for from with and or but as is are was were be been being has have had it its his her their this
that these those he she they we i you who which not no will would said say says after before than then there into out up about over more
also what when where how all one two mr new s""".split())


def f1(weights, want):
    """Date F1 of the as many heaviest days as the reference has. Of days of equal weight at the border so many are taken
    as there is room for, and as many of them count as hits as a fair draw would bring: no order of the days helps."""
    room, hits, taken = len(want), 0.0, 0
    by = collections.defaultdict(list)
    for day, weight in weights.items():
        by[weight].append(day)
    for weight in sorted(by, reverse=True):
        n = min(len(by[weight]), room - taken)
        hits += n * len(set(by[weight]) & set(want)) / len(by[weight])
        taken += n
        if taken == room:
            break
    return 2 * hits / max(taken + len(want), 1)


def words(text):
    found = re.findall(r"[a-z0-9']+", text.lower().replace("\u2019", "'"))
    return collections.Counter(w for w in found if w not in STOP and len(w) > 1)


def rouge(shown, want):
    a, b = words(shown), words(want)
    same = sum((a & b).values())
    return 2 * same / (sum(a.values()) + sum(b.values())) if same else 0.0


def run(program, *args):
    return subprocess.run([program, "-q", *args], check=False, stdout=subprocess.PIPE, text=True).stdout


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("articles")
    p.add_argument("timelines")
    p.add_argument("program")
    p.add_argument("--topic", action="append")
    p.add_argument("--reader", help="rules, for the reader by rules alone")
    p.add_argument("--folder", help="keep the records here")
    a = p.parse_args()
    by = collections.defaultdict(list)
    with open(a.articles, encoding="utf-8") as f:
        for line in f:
            x = json.loads(line)
            by[x["topic"]].append(x)
    with open(a.timelines, encoding="utf-8") as f:
        timelines = json.load(f)
    folder = a.folder or tempfile.mkdtemp()
    os.makedirs(folder, exist_ok=True)
    sums = []
    for topic in sorted(a.topic or timelines):
        pile, record = f"{folder}/{topic}.jsonl", f"{folder}/{topic}.db"
        with open(pile, "w", encoding="utf-8") as f:
            for x in by[topic]:
                f.write(json.dumps({"id": x["id"], "date": x["date"], "text": plain(x["text"])}) + "\n")
        run(a.program, "build", pile, "-o", record, *(["--reader", a.reader] if a.reader else []))
        run(a.program, "export", record, "--format", "jsonl", "-o", f"{folder}/{topic}")
        counts = collections.Counter()
        with open(f"{folder}/{topic}/times.jsonl", encoding="utf-8") as f:
            named = set()
            for line in f:
                t = json.loads(line)
                if t["lo"] and t["lo"] == t["hi"]:
                    counts[t["lo"]] += 1
                    named.add(t["report"])
        with open(f"{folder}/{topic}/reports.jsonl", encoding="utf-8") as f:
            for line in f:
                r = json.loads(line)
                if r["published_lo"] and r["id"] not in named:
                    counts[r["published_lo"]] += 1
        story = json.loads(run(a.program, "ask", record, "story", "--length", "100000", "--json") or "[]")
        ours, counted, told = [], [], []
        passages = {d["day"]: d["passage"]["text"] for d in story if d["passage"]}
        for timeline in timelines[topic].values():
            want = sorted({e["date"] for e in timeline})
            inside = lambda d: want[0] <= d <= want[-1]
            ours.append(f1({d["day"]: round(d["weight"], 6) for d in story if inside(d["day"])}, want))
            counted.append(f1({d: n for d, n in counts.items() if inside(d)}, want))
            told += [rouge(passages.get(e["date"], ""), " ".join(e["sentences"])) for e in timeline]
        mean = lambda v: sum(v) / len(v)
        sums.append((mean(ours), mean(counted), mean(told)))
        line = "{:<24} story {:.3f}   date counting {:.3f}   ROUGE-1 {:.3f}"
        print(line.format(topic, *sums[-1]), f"  ({len(by[topic])} articles)", flush=True)
    print(line.format("mean of topics", *(mean([s[k] for s in sums]) for k in range(3))))


if __name__ == "__main__":
    main()
