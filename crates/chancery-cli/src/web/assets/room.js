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

const items = [...document.querySelectorAll(".item")];
if (items.length > 0) {
  let now = 0;
  const go = (n) => {
    now = Math.max(0, Math.min(items.length - 1, n));
    items[now].focus();
    items[now].scrollIntoView({ block: "nearest" });
  };
  const press = (value) => items[now].querySelector(`button[value="${value}"]`).click();
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
    const keys = {
      j: () => go(now + 1),
      k: () => go(now - 1),
      y: () => press("confirm"),
      n: () => press("reject"),
      e: () => {
        const box = items[now].querySelector("details");
        box.open = true;
        box.querySelector('input[name="name"]').focus();
      },
      u: () => document.querySelector("#undo")?.requestSubmit(),
    };
    if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });
  go(0);
}
