// What the pages do beyond reading: facts and words light up together, keys for review, citations to the clipboard.
// Everything here is an addition; without it every link and form still works.

const marks = document.querySelectorAll("[data-f]");
const fact = (n) => document.querySelector(`[data-fact="${CSS.escape(n)}"]`);

function light(numbers, on) {
  for (const n of numbers) fact(n)?.classList.toggle("lit", on);
  for (const m of marks) {
    if (m.dataset.f.split(" ").some((n) => numbers.includes(n))) m.classList.toggle("lit", on);
  }
}

for (const m of marks) {
  const inner = () => [m.getAttribute("href").slice(2)];
  for (const [event, on] of [["mouseenter", true], ["focus", true], ["mouseleave", false], ["blur", false]]) {
    m.addEventListener(event, () => light(inner(), on));
  }
}
for (const f of document.querySelectorAll("[data-fact]")) {
  f.addEventListener("mouseenter", () => light([f.dataset.fact], true));
  f.addEventListener("mouseleave", () => light([f.dataset.fact], false));
}

// On a phone a row is a card: each cell but the first carries the name of its column.
for (const table of document.querySelectorAll(".wide > table")) {
  const names = [...table.querySelectorAll("thead th")].map((th) => th.textContent.trim());
  for (const row of table.tBodies[0]?.rows ?? []) {
    [...row.cells].forEach((cell, n) => {
      const text = cell.textContent.trim();
      if (n > 0 && names[n] && text && text !== names[n]) cell.dataset.label = names[n];
    });
  }
}

const said = document.createElement("p");
said.setAttribute("role", "status");
said.className = "said";
document.body.append(said);

for (const a of document.querySelectorAll("a[data-copy]")) {
  a.addEventListener("click", async (event) => {
    event.preventDefault();
    try {
      const text = await (await fetch(a.href)).text();
      await navigator.clipboard.writeText(text);
      said.textContent = "Citation copied.";
    } catch {
      location.href = a.href;
    }
  });
}

// A decision is worked into the record at once, which takes a moment on a large one.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post") return;
  said.textContent = "Working it in…";
  // Not before the form was sent: a disabled button would not be part of it.
  setTimeout(() => {
    for (const b of document.querySelectorAll("form[method=post] button")) b.disabled = true;
  });
});
window.addEventListener("pageshow", () => {
  said.textContent = "";
  for (const b of document.querySelectorAll("form[method=post] button")) b.disabled = false;
});

const items = [...document.querySelectorAll(".item")];
let now = 0;
const go = (n) => {
  if (items.length === 0) return;
  now = Math.max(0, Math.min(items.length - 1, n));
  items[now].focus();
  items[now].scrollIntoView({ block: "nearest" });
};
const press = (key) => items[now]?.querySelector(`[data-key="${key}"]`)?.click();
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
  const keys = {
    j: () => go(now + 1),
    k: () => go(now - 1),
    y: () => press("y"),
    n: () => press("n"),
    e: () => {
      const box = items[now]?.querySelector("details");
      if (box) box.open = true;
      items[now]?.querySelector("input:not([type=hidden]), select")?.focus();
    },
    u: () => document.querySelector("#undo")?.requestSubmit(),
  };
  if (keys[event.key] && (items.length > 0 || event.key === "u")) {
    event.preventDefault();
    keys[event.key]();
  }
});
go(0);

// Dragging along a timeline zooms to the days between; a plain click still follows its link.
for (const svg of document.querySelectorAll("svg.timeline[data-lo]")) {
  const data = (name) => Number(svg.dataset[name]);
  const inner = data("width") - data("left") - data("right");
  const at = (event) => {
    const box = svg.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * data("width");
    return Math.max(0, Math.min(1, (x - data("left")) / inner));
  };
  const day = (part) => {
    const d = new Date(`${svg.dataset.lo}T00:00:00Z`);
    d.setUTCDate(d.getUTCDate() + Math.round(part * data("days")));
    return d.toISOString().slice(0, 10);
  };
  let from = null;
  let band = null;
  let dragged = false;
  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    from = at(event);
    dragged = false;
  });
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  window.addEventListener("pointermove", (event) => {
    if (from === null) return;
    const to = at(event);
    if (Math.abs(to - from) * inner < 6 && !dragged) return;
    dragged = true;
    band ??= svg.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "rect"));
    band.setAttribute("class", "drag");
    band.setAttribute("x", data("left") + Math.min(from, to) * inner);
    band.setAttribute("y", 0);
    band.setAttribute("height", svg.viewBox.baseVal.height);
    band.setAttribute("width", Math.abs(to - from) * inner);
  });
  window.addEventListener("pointerup", (event) => {
    if (from === null) return;
    const [a, b] = [from, at(event)].sort((x, y) => x - y);
    from = null;
    band?.remove();
    band = null;
    if (!dragged) return;
    const url = new URL(location.href);
    url.searchParams.set("from", day(a));
    url.searchParams.set("to", day(b));
    url.searchParams.delete("page");
    url.hash = "timeline";
    location.href = url.href;
  });
  svg.addEventListener("click", (event) => {
    if (dragged) event.preventDefault();
  }, true);
}

// The sliders of the network say their month while they move, and show it when let go.
for (const form of document.querySelectorAll("form[data-months]")) {
  const months = form.dataset.months.split(" ");
  for (const slider of form.querySelectorAll("input[type=range]")) {
    slider.addEventListener("input", () => {
      slider.nextElementSibling.textContent = months[slider.value];
    });
    slider.addEventListener("change", () => form.requestSubmit());
  }
}
