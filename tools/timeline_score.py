#!/usr/bin/env python3
"""Dates of `chancery ask story` against timelines written by journalists, by date F1.

    python3 timeline_score.py ARTICLES.jsonl TIMELINES.json PROGRAM [--topic NAME] [--reader rules] [--folder DIR]

ARTICLES has one article a line (id, topic, date, text); TIMELINES maps topic to timelines, each a list of entries with
a date. For each reference timeline as many days are asked for as it has, within its first and last day; the mean over
the timelines of a topic is the topic's figure. Beside it stands simple date counting on the same time expressions:
the days that most sentences name, an article without any counting for its own day.
"""
import argparse, collections, json, os, subprocess, tempfile


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


def run(program, *args):
    return subprocess.run([program, "-q", *args], check=False, stdout=subprocess.PIPE, text=True).stdout


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("articles")
    p.add_argument("timelines")
    p.add_argument("program")
    p.add_argument("--topic", action="append")
    p.add_argument("--reader", default="rules")
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
                text = x["text"].replace(" \n", "\n\n").replace("\\/", "/")
                f.write(json.dumps({"id": x["id"], "date": x["date"], "text": text}) + "\n")
        run(a.program, "build", pile, "-o", record, "--reader", a.reader)
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
        ours, plain = [], []
        for timeline in timelines[topic].values():
            want = sorted({e["date"] for e in timeline})
            inside = lambda d: want[0] <= d <= want[-1]
            ours.append(f1({d["day"]: round(d["weight"], 6) for d in story if inside(d["day"])}, want))
            plain.append(f1({d: n for d, n in counts.items() if inside(d)}, want))
        mean = lambda v: sum(v) / len(v)
        sums.append((mean(ours), mean(plain)))
        print(f"{topic:<24} story {mean(ours):.3f}   date counting {mean(plain):.3f}   ({len(by[topic])} articles)", flush=True)
    print(f"{'mean of topics':<24} story {sum(s[0] for s in sums) / len(sums):.3f}   date counting {sum(s[1] for s in sums) / len(sums):.3f}")


if __name__ == "__main__":
    main()
