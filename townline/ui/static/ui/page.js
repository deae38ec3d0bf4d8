// What every page does beyond HTML: say its mistakes first, send a form once, and print.

const mistakes = document.querySelector("[data-error-summary]");
if (mistakes) mistakes.focus();

// A link in the summary shows the question together with its field.
mistakes?.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return;
  event.preventDefault();
  const question = field.closest("fieldset")?.querySelector("legend") ?? field.labels?.[0] ?? field;
  question.scrollIntoView();
  field.focus({ preventScroll: true });
});

// A second press of the button within ten seconds is the same press.
const PATIENCE = 10_000;
const sent = new WeakMap();
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (Date.now() - (sent.get(form) ?? -PATIENCE) < PATIENCE) {
    event.preventDefault();
    return;
  }
  sent.set(form, Date.now());
  event.submitter?.setAttribute("aria-disabled", "true");
});

// A page brought back with the back button may be sent again.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.forms) sent.delete(form);
  for (const button of document.querySelectorAll('button[aria-disabled="true"]')) button.removeAttribute("aria-disabled");
});

// Paper: a button that only a script can offer.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
