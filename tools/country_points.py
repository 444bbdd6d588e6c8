"""Writes crates/chancery-lexicon/data/country_points.tsv: a point inside each country, for maps.

    npm pack world-atlas && tar xzf world-atlas-*.tgz
    pip install pycountry
    python tools/country_points.py package/countries-50m.json crates/chancery-lexicon/data/country_points.tsv

The outlines are Natural Earth's (public domain), as packaged in the npm package `world-atlas` (ISC). The point is the centre
of gravity of the largest piece of land, moved onto it when it lies outside. `pycountry` only turns numeric codes into letters.
"""

import json
import sys

import pycountry

# Natural Earth gives these no ISO number.
BY_NAME = {"Kosovo": "XKX"}


def rings(topology, geometry):
    """The outer rings of a country, as lists of (lon, lat)."""
    sx, sy = topology["transform"]["scale"]
    tx, ty = topology["transform"]["translate"]

    def arc(n):
        x = y = 0
        points = []
        for dx, dy in topology["arcs"][~n if n < 0 else n]:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        return points[::-1] if n < 0 else points

    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in polygons:
        ring = []
        for n in polygon[0]:
            ring.extend(arc(n)[1 if ring else 0 :])
        yield ring


def area(ring):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:])) / 2


def centre(ring):
    whole = area(ring)
    pairs = list(zip(ring, ring[1:]))
    x = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (6 * whole)
    y = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (6 * whole)
    # The longest stretch of land on that parallel; its middle when the centre is not on land.
    cuts = sorted(a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1]) for a, b in pairs if (a[1] > y) != (b[1] > y))
    lands = list(zip(cuts[::2], cuts[1::2]))
    if lands and not any(west <= x <= east for west, east in lands):
        west, east = max(lands, key=lambda l: l[1] - l[0])
        x = (west + east) / 2
    return x, y


def main(source, target):
    with open(source, encoding="utf8") as f:
        topology = json.load(f)
    best = {}
    for g in topology["objects"]["countries"]["geometries"]:
        found = pycountry.countries.get(numeric=str(g.get("id", "")).zfill(3)) if g.get("id") else None
        code = found.alpha_3 if found else BY_NAME.get(g["properties"]["name"])
        if not code or not g.get("arcs"):
            continue
        largest = max(rings(topology, g), key=lambda r: abs(area(r)))
        # Some countries stand there twice, with an outlying territory apart.
        if abs(area(largest)) > best.get(code, (0,))[0]:
            best[code] = (abs(area(largest)), *centre(largest))
    rows = [f"{code}\t{lat:.2f}\t{lon:.2f}" for code, (_, lon, lat) in sorted(best.items())]
    with open(target, "w", encoding="utf8") as f:
        f.write("# ISO 3166-1 alpha-3\tlat\tlon\n" + "\n".join(rows) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
