// The desk's keys, and its ear for changes. Everything here is also reachable without it.

const EVERY = 15_000;

// --- Single-key shortcuts: off in fields, and off altogether for whoever says so ---

const foot = document.querySelector("[data-keys]");
const shortcuts = foot?.dataset.keys !== "off";
if (foot) foot.hidden = false;

function isTyping(element) {
  if (element.isContentEditable || /^(TEXTAREA|SELECT)$/.test(element.tagName)) return true;
  return element.tagName === "INPUT" && !/^(checkbox|radio|button|submit)$/.test(element.type);
}

function isPlain(event) {
  return !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
}

document.addEventListener("keydown", (event) => {
  if (!shortcuts || !isPlain(event)) return;
  const target = document.querySelector(`[data-shortcut="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.tagName === "A") target.click();
  else target.focus();
});

// --- Through a list: arrows inside it; j, k, o and x from anywhere on the page ----

const STEPS = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 };

function linksOf(list) {
  return [...list.querySelectorAll("tbody tr")].map((row) => row.querySelector("a")).filter(Boolean);
}

function move(list, step, from) {
  const links = linksOf(list);
  const row = from.closest("tbody tr");
  const here = links.findIndex((link) => row?.contains(link));
  const next = links[here < 0 ? 0 : here + step];
  next?.focus();
  return Boolean(next);
}

document.addEventListener("keydown", (event) => {
  if (!isPlain(event)) return;
  const isLetter = event.key.length === 1;
  if (isLetter && !shortcuts) return;
  const list = event.target.closest("[data-rows]") ?? (isLetter ? document.querySelector("[data-rows]") : null);
  if (!list) return;
  if (STEPS[event.key] && move(list, STEPS[event.key], event.target)) event.preventDefault();
  const row = event.target.closest("tbody tr");
  if (event.key === "o") row?.querySelector("a")?.click();
  if (event.key === "x") row?.querySelector("input[type=checkbox]")?.click();
});

// --- Changes: asked for only while somebody looks -----------------------------------

function say(line, sentence) {
  if (!sentence || line.dataset.said === sentence) return;
  line.dataset.said = sentence;
  const link = document.createElement("a");
  link.href = location.href;
  link.textContent = line.dataset.again;
  line.replaceChildren(`${sentence} `, link);
}

function mark(changed, word) {
  for (const row of document.querySelectorAll("tr[data-row]")) {
    if (!changed.includes(row.dataset.row.split(".")[0]) || row.classList.contains("is-stale")) continue;
    row.classList.add("is-stale");
    const tag = document.createElement("span");
    tag.className = "tag tag--info";
    tag.textContent = word;
    row.querySelector("th")?.append(" ", tag);
  }
}

function recount(counts) {
  for (const [name, count] of Object.entries(counts)) {
    const place = document.querySelector(`[data-count="${CSS.escape(name)}"]`);
    if (place && place.textContent !== count) place.textContent = count;
  }
}

async function ask(line) {
  if (document.hidden) return;
  const rows = [...document.querySelectorAll("tr[data-row]")].map((row) => row.dataset.row).join(",");
  try {
    const url = rows ? `${line.dataset.changes}&rows=${rows}` : line.dataset.changes;
    const answer = await fetch(url, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return;
    const { sentence, changed = [], counts = {} } = await answer.json();
    say(line, sentence);
    mark(changed, line.dataset.changed);
    recount(counts);
  } catch {
    // The next question may be answered.
  }
}

for (const line of document.querySelectorAll("[data-changes]")) {
  setInterval(ask, Number(line.dataset.every) || EVERY, line);
  document.addEventListener("visibilitychange", () => ask(line));
}

// --- Long work: its report is fetched anew until it has ended -------------------------

async function renew(place) {
  if (document.hidden) return true;
  try {
    const answer = await fetch(location.href);
    if (!answer.ok || answer.redirected) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(place.id);
    if (!fresh) return false;
    place.replaceChildren(...fresh.childNodes);
    return fresh.hasAttribute("data-renew");
  } catch {
    return true;
  }
}

for (const place of document.querySelectorAll("[data-renew]")) {
  const again = async () => {
    if (await renew(place)) setTimeout(again, Number(place.dataset.renew));
  };
  setTimeout(again, Number(place.dataset.renew));
}
