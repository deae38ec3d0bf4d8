// A passkey: the button asks the browser, puts the answer into the form around it, and sends that.
// Everything it may have to say stands on the element, in the language of the page.

const LONGEST_WAIT = 120_000;

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const known = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

function asked({ publicKey }) {
  const wanted = { timeout: LONGEST_WAIT, ...publicKey, challenge: bytes(publicKey.challenge) };
  if (wanted.user) wanted.user = { ...wanted.user, id: bytes(wanted.user.id) };
  if (wanted.user) wanted.excludeCredentials = known(wanted.excludeCredentials);
  else wanted.allowCredentials = known(wanted.allowCredentials);
  return wanted;
}

function answered(credential) {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const given = parts.filter((part) => response[part]).map((part) => [part, text(response[part])]);
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: Object.fromEntries(given),
  });
}

class TownlinePasskey extends HTMLElement {
  connectedCallback() {
    this.work = this.querySelector("[data-part=work]");
    this.said = this.querySelector("[data-part=said]");
    if (!window.PublicKeyCredential) return this.say("unsupported");
    this.work.hidden = false;
    this.work.querySelector("button").addEventListener("click", () => this.use());
  }

  async use() {
    if (this.busy) return;
    this.busy = true;
    this.said.hidden = true;
    const began = Date.now();
    try {
      const publicKey = asked(await this.options());
      const credential = await navigator.credentials[this.dataset.do]({ publicKey });
      this.send(answered(credential));
    } catch (failure) {
      this.say(this.why(failure, Date.now() - began));
    }
    this.busy = false;
  }

  send(answer) {
    const form = this.closest("form");
    const field = form.elements.namedItem("credential") ?? document.createElement("input");
    Object.assign(field, { type: "hidden", name: "credential", value: answer });
    if (!field.form) form.append(field);
    form.requestSubmit();
  }

  async options() {
    if (this.dataset.options) return JSON.parse(this.dataset.options);
    const response = await fetch(this.dataset.address, { headers: { Accept: "application/json" } });
    return (await response.json()).request_options;
  }

  why(failure, waited) {
    if (failure.name === "InvalidStateError") return "known";
    if (failure.name === "SecurityError" || failure.name === "NotSupportedError") return "unsupported";
    if (failure.name !== "NotAllowedError" && failure.name !== "AbortError") return "failed";
    return waited >= LONGEST_WAIT ? "late" : "cancelled";
  }

  say(which) {
    this.said.textContent = this.dataset[which];
    this.said.hidden = false;
  }
}

customElements.define("townline-passkey", TownlinePasskey);
