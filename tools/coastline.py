"""Writes crates/chancery-cli/src/web/assets/world.txt from the npm package `world-atlas` (Natural Earth, 1:50 million).

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tools/coastline.py package/countries-50m.json crates/chancery-cli/src/web/assets/world.txt

One line a shape: `L` is the outline of land, `B` a border between two countries. Then pairs of numbers, longitude and
latitude in fiftieths of a degree; the first pair is a place, each later one a step from the place before.
"""

import json
import sys

UNIT = 50
# Points nearer than this to the line between their neighbours are left out, in units.
NEAR = 0.9
# Islands whose box is smaller than this many units in both directions are left out.
SMALL = 3


def simplified(points):
    """Douglas and Peucker, without recursion."""
    keep = [False] * len(points)
    keep[0] = keep[-1] = True
    todo = [(0, len(points) - 1)]
    while todo:
        a, b = todo.pop()
        (ax, ay), (bx, by) = points[a], points[b]
        dx, dy = bx - ax, by - ay
        length = (dx * dx + dy * dy) ** 0.5
        far, at = 0.0, None
        for i in range(a + 1, b):
            x, y = points[i][0] - ax, points[i][1] - ay
            d = abs(dx * y - dy * x) / length if length else (x * x + y * y) ** 0.5
            if d > far:
                far, at = d, i
        if at is not None and far > NEAR:
            keep[at] = True
            todo += [(a, at), (at, b)]
    return [p for p, k in zip(points, keep) if k]


def main(source, target):
    with open(source, encoding="utf-8") as f:
        world = json.load(f)
    (sx, sy), (tx, ty) = world["transform"]["scale"], world["transform"]["translate"]
    arcs = []
    for arc in world["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            point = ((x * sx + tx) * UNIT, (y * sy + ty) * UNIT)
            points.append(point)
        arcs.append([(round(x), round(y)) for x, y in simplified(points)])

    def ring(indexes):
        points = []
        for i in indexes:
            arc = arcs[i] if i >= 0 else arcs[~i][::-1]
            points += arc[1:] if points else arc
        return points

    def polygons(geometry):
        return geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]

    def unrolled(points):
        """A ring without leaps over the 180th meridian; one that runs around the pole is closed along it."""
        turn, out, last = 0, [], None
        for x, y in points:
            if last is not None and abs(x + turn - last) > 180 * UNIT:
                turn += -360 * UNIT if x + turn > last else 360 * UNIT
            last = x + turn
            out.append((last, y))
        if turn:
            out += [(out[-1][0], -90 * UNIT), (out[0][0], -90 * UNIT)]
        return out

    def moved(points, turns):
        return [(x + turns * 360 * UNIT, y) for x, y in points]

    lines = []
    (land,) = world["objects"]["land"]["geometries"]
    for polygon in polygons(land):
        for indexes in polygon:
            points = unrolled(ring(indexes))
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            if max(xs) - min(xs) >= SMALL or max(ys) - min(ys) >= SMALL:
                lines.append(("L", points))
                # What reaches over the 180th meridian is there on the other side too.
                if max(xs) > 180 * UNIT:
                    lines.append(("L", moved(points, -1)))
                if min(xs) < -180 * UNIT:
                    lines.append(("L", moved(points, 1)))
    owners = {}
    for n, country in enumerate(world["objects"]["countries"]["geometries"]):
        if country["type"] is None:
            continue
        for polygon in polygons(country):
            for indexes in polygon:
                for i in indexes:
                    owners.setdefault(i if i >= 0 else ~i, set()).add(n)
    lines += [("B", arcs[i]) for i in sorted(owners) if len(owners[i]) == 2]
    with open(target, "w", encoding="utf-8") as f:
        f.write("# Natural Earth 1:50m, public domain; made by tools/coastline.py\n")
        for kind, points in lines:
            out = [kind]
            x = y = 0
            for px, py in points:
                if (px, py) != (x, y) or len(out) == 1:
                    out.append(f"{px - x},{py - y}")
                x, y = px, py
            f.write(" ".join(out) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
