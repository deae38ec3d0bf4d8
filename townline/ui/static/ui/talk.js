// Writing on a case: drafts that keep themselves, a list of templates that can be searched, and who else is here.
// Everything works without it: "Keep as draft" is a button, the list is a plain list, and a draft says when it was kept.

const SAVE_AFTER = 3_000;
const EVERY = 15_000;

function token() {
  return document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}

async function post(url, body) {
  const answer = await fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token(), Accept: "application/json" } });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  return answer.json();
}

// --- Drafts ---------------------------------------------------------------------

class KeepsDraft extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.line = this.querySelector("[data-kept]");
    this.form?.addEventListener("input", () => this.soon());
    this.form?.addEventListener("submit", () => this.stop());
    window.addEventListener("pagehide", () => this.atOnce());
  }

  soon() {
    this.changed = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), Number(this.dataset.after) || SAVE_AFTER);
  }

  stop() {
    clearTimeout(this.timer);
    this.changed = false;
  }

  async keep() {
    if (this.busy) return this.soon();
    this.busy = true;
    this.changed = false;
    try {
      const { sentence, revision } = await post(this.dataset.url, this.typed());
      this.form.elements.revision.value = Math.max(revision, Number(this.form.elements.revision.value) || 0);
      this.line.textContent = this.hasFiles() ? `${sentence} ${this.dataset.files}` : sentence;
    } catch {
      this.changed = true;
      this.line.textContent = this.dataset.failed;
    } finally {
      this.busy = false;
    }
  }

  atOnce() {
    if (this.changed && this.form) navigator.sendBeacon(this.dataset.url, this.typed());
  }

  hasFiles() {
    return [...this.form.querySelectorAll("input[type=file]")].some((input) => input.files.length);
  }

  // Files go with a button of the form, and are not sent over and over.
  typed() {
    const body = new FormData(this.form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    return body;
  }
}

// --- Templates ------------------------------------------------------------------

class PicksTemplate extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("select");
    this.search = this.querySelector("input[type=search]");
    this.count = this.querySelector("[data-count]");
    this.position = this.querySelector("[name=position]");
    if (!this.list || !this.search) return;
    this.groups = [...this.list.children].map((group) => ({ group, options: [...group.children] }));
    this.querySelector("[data-search]").hidden = false;
    this.search.addEventListener("input", () => this.narrow());
    this.search.addEventListener("keydown", (event) => this.onKey(event));
    const text = this.closest("form").querySelector("textarea");
    text?.addEventListener("blur", () => (this.position.value = text.selectionStart));
  }

  narrow() {
    const words = plain(this.search.value).split(" ").filter(Boolean);
    const before = this.list.value;
    let found = 0;
    for (const { group, options } of this.groups) {
      if (group.tagName !== "OPTGROUP") continue;
      const fitting = options.filter((option) => words.every((word) => plain(option.textContent).includes(word)));
      found += fitting.length;
      group.replaceChildren(...fitting);
      group.hidden = !fitting.length;
    }
    this.list.value = before;
    if (words.length && (!before || this.list.value !== before)) this.list.value = this.list.querySelector("optgroup option")?.value ?? "";
    this.count.textContent = `${this.dataset.found} ${found}`;
  }

  onKey(event) {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      this.list.focus();
    } else if (event.key === "Enter" && !this.list.value) {
      event.preventDefault();
    }
  }
}

function plain(text) {
  return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/\s+/g, " ").trim();
}

// --- Who else is here -----------------------------------------------------------

class StandsHere extends HTMLElement {
  connectedCallback() {
    this.ask();
    this.timer = setInterval(() => this.ask(), Number(this.dataset.every) || EVERY);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  async ask() {
    if (document.hidden) return;
    const body = new FormData();
    body.set("writing", this.dataset.writing ?? "");
    body.set("seen", this.dataset.seen ?? "");
    try {
      const { sentence } = await post(this.dataset.url, body);
      const line = this.querySelector("[role=status]");
      if (line.textContent !== sentence) line.textContent = sentence;
    } catch {
      // The next question may be answered.
    }
  }
}

customElements.define("keeps-draft", KeepsDraft);
customElements.define("picks-template", PicksTemplate);
customElements.define("stands-here", StandsHere);
