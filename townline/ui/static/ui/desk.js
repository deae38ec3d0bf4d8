// The desk's keys, and its ear for changes. Everything here is also reachable without it.

const REMEMBERED = "townline.shortcuts";
const EVERY = 15_000;

// --- Single-key shortcuts, which can be switched off --------------------------

const control = document.querySelector("[data-shortcuts]");
const toggle = control?.querySelector("button");

function remembered() {
  try {
    return localStorage.getItem(REMEMBERED) !== "off";
  } catch {
    return true;
  }
}

let shortcuts = remembered();

function show() {
  toggle?.setAttribute("aria-pressed", String(shortcuts));
}

toggle?.addEventListener("click", () => {
  shortcuts = !shortcuts;
  try {
    localStorage.setItem(REMEMBERED, shortcuts ? "on" : "off");
  } catch {
    // Without storage the choice lasts for this page.
  }
  show();
});

if (control) control.hidden = false;
show();

function isTyping(element) {
  return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
}

document.addEventListener("keydown", (event) => {
  if (!shortcuts || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const target = document.querySelector(`[data-shortcut="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.tagName === "A") target.click();
  else target.focus();
});

// --- Up and down a list: from one row's first link to the next ----------------

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

document.addEventListener("keydown", (event) => {
  const list = event.target.closest("[data-rows]");
  const step = STEPS[event.key];
  if (!list || !step || isTyping(event.target)) return;
  const links = [...list.querySelectorAll("tbody tr")].map((row) => row.querySelector("a")).filter(Boolean);
  const row = event.target.closest("tr");
  const here = links.findIndex((link) => row?.contains(link));
  const next = links[here < 0 ? 0 : here + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
});

// --- Changes: asked for only while somebody looks -----------------------------

async function ask(line) {
  if (document.hidden) return;
  try {
    const answer = await fetch(line.dataset.changes, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return;
    const { sentence } = await answer.json();
    if (!sentence || line.dataset.said === sentence) return;
    line.dataset.said = sentence;
    const link = document.createElement("a");
    link.href = location.href;
    link.textContent = line.dataset.again;
    line.replaceChildren(`${sentence} `, link);
  } catch {
    // The next question may be answered.
  }
}

for (const line of document.querySelectorAll("[data-changes]")) {
  setInterval(ask, Number(line.dataset.every) || EVERY, line);
}
