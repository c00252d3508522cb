/**
 * `<vouchsafe-call site token-url>`: a button on a site's page, and the call behind it. A classic script of its own, without a package: the site's page
 * loads it from us (`/api/widget.js`). It holds nothing secret: each handover goes straight from the site to our page, and is good once.
 */
type Words = Record<
  "call" | "back" | "talking" | "title" | "minimise" | "close" | "failed" | "failedLink",
  string
>;
type Phase = "ready" | "calling" | "talking" | "over";

/** Put in when the script is served. */
const words = "VOUCHSAFE_WORDS" as unknown as Record<string, Words>;
const us = new URL((document.currentScript as HTMLScriptElement).src).origin;
/** Our page has said nothing for so long: it may not be shown there. Milliseconds. */
const silentMs = 10_000;
/** Too narrow for a panel beside a page. */
const narrow = "(max-width: 480px)";

const styles = `
:host { display: inline-block; --c: var(--vouchsafe-color, #12604a); --on: var(--vouchsafe-on-color, #fff); font-family: var(--vouchsafe-font, system-ui, sans-serif); }
:host([hidden]) { display: none; }
button { font: inherit; cursor: pointer; border: 0; }
button:focus-visible, a:focus-visible { outline: 3px solid var(--c); outline-offset: 3px; }
.call { display: inline-flex; align-items: center; gap: .55em; min-height: 48px; padding: 0 1.2em; border-radius: var(--vouchsafe-radius, 12px); background: var(--c); color: var(--on); font-weight: 650; font-size: 1rem; }
.call svg { width: 1.3em; height: 1.3em; flex: none; }
.panel { position: fixed; z-index: 2147483000; inset-block-end: 16px; inset-inline-end: 16px; width: min(400px, calc(100vw - 32px)); height: min(720px, calc(100vh - 32px)); display: flex; flex-direction: column; border-radius: 16px; overflow: hidden; background: #fff; color: #16211c; box-shadow: 0 12px 48px #0005, 0 0 0 1px #0002; }
.panel[hidden] { display: none; }
header { display: flex; align-items: center; gap: 4px; padding-block: 4px; padding-inline: 16px 4px; background: var(--c); color: var(--on); }
header b { flex: 1; font-size: .95rem; }
header button { width: 44px; height: 44px; border-radius: 10px; background: none; color: inherit; font-size: 1.3rem; line-height: 1; }
header button:focus-visible { outline-color: currentColor; outline-offset: -4px; }
iframe { flex: 1; width: 100%; border: 0; background: #fff; }
p { margin: 0; padding: 20px; }
p a { color: inherit; }
@media (max-width: 480px) { .panel { inset: 0; width: auto; height: auto; border-radius: 0; } }
@media (prefers-color-scheme: dark) { .panel, iframe { background: #0f1a16; color: #e8efeb; } }
`;
const receiver =
  '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" aria-hidden="true"><path d="M6 3h3l2 5-2.500 1.500a11 11 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z"/></svg>';

class VouchsafeCall extends HTMLElement {
  static observedAttributes = ["label", "lang"];
  /** Instead of `token-url`: answers a handover, as the site's own server was given it. */
  getToken: (() => Promise<string>) | null = null;
  #root = this.attachShadow({ mode: "open" });
  #phase: Phase = "ready";
  #frame: HTMLIFrameElement | null = null;
  #window: Window | null = null;
  #silent: ReturnType<typeof setTimeout> | undefined;
  #hear = (event: MessageEvent) => this.#heard(event);

  connectedCallback(): void {
    if (!this.#root.firstChild) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(styles);
      this.#root.adoptedStyleSheets = [sheet];
      this.#root.innerHTML = `<button class="call" type="button" aria-haspopup="dialog" aria-expanded="false">${receiver}<span></span></button><div class="panel" role="dialog" hidden><header><b></b><button class="min" type="button"><span aria-hidden="true">–</span></button><button class="x" type="button"><span aria-hidden="true">×</span></button></header><div hidden role="alert"><p></p></div></div>`;
      this.#part("call").onclick = () => this.open();
      this.#part("min").onclick = () => this.minimise();
      this.#part("x").onclick = () => this.close();
      this.#part("panel").addEventListener("keydown", (event) => {
        if ((event as KeyboardEvent).key === "Escape") this.minimise();
      });
    }
    addEventListener("message", this.#hear);
    this.#write();
  }

  disconnectedCallback(): void {
    removeEventListener("message", this.#hear);
    this.#forget();
  }

  attributeChangedCallback(): void {
    if (this.#root.firstChild) this.#write();
  }

  /** Shows the call: beside the page, or in a window of its own where there is no room for it or the page gives no microphone away. */
  open(): void {
    if (this.#window && !this.#window.closed) {
      this.#window.focus();
      return;
    }
    if (!this.#frame && this.#wantsWindow()) {
      this.#window = window.open(this.#address(), `vouchsafe-${this.#site()}`, "popup,width=420,height=760");
      if (this.#window) {
        this.#watchWindow(this.#window);
        return;
      }
    }
    if (!this.#frame) this.#hold();
    this.#show(true);
    (this.#frame ?? this.#part("x")).focus();
  }

  /** Hides the panel; a call in it goes on. */
  minimise(): void {
    this.#show(false);
    this.#part("call").focus();
  }

  /** Forgets everything. While a call is open it is shown instead: one hangs up there. */
  close(): void {
    if (this.#phase === "calling" || this.#phase === "talking") this.#show(true);
    else this.#forget();
  }

  #forget(): void {
    clearTimeout(this.#silent);
    this.#frame?.remove();
    this.#frame = null;
    this.#show(false);
    this.#tell("ready");
  }

  /** A window that was closed tells nobody. */
  #watchWindow(shown: Window): void {
    const timer = setInterval(() => {
      if (!shown.closed) return;
      clearInterval(timer);
      if (this.#window === shown) this.#tell("ready");
    }, 1_000);
  }

  #hold(): void {
    const frame = document.createElement("iframe");
    frame.allow = `microphone ${us}; autoplay ${us}; speaker-selection ${us}; screen-wake-lock ${us}; compute-pressure ${us}`;
    frame.title = this.#words().title;
    frame.referrerPolicy = "no-referrer";
    frame.src = this.#address();
    this.#fail(false);
    this.#part("panel").append(frame);
    this.#frame = frame;
    this.#silent = setTimeout(() => this.#fail(true), silentMs);
  }

  #heard({ source, origin, data }: MessageEvent): void {
    const from = this.#frame?.contentWindow ?? this.#window;
    if (origin !== us || !from || (source !== this.#window && source !== this.#frame?.contentWindow)) return;
    if (data?.vouchsafe === "phase") this.#tell(data.phase);
    if (data?.vouchsafe !== "ready") return;
    clearTimeout(this.#silent);
    this.#token().then(
      (handover) => (source as Window).postMessage({ vouchsafe: "handover", handover }, us),
      () => (source as Window).postMessage({ vouchsafe: "no-handover" }, us),
    );
  }

  async #token(): Promise<string> {
    if (this.getToken) return this.getToken();
    const url = this.getAttribute("token-url") ?? "";
    const response = await fetch(url, { method: "POST", headers: { accept: "application/json" } });
    const { handover } = await response.json();
    if (!response.ok || typeof handover !== "string") throw new Error(`no handover from ${url}`);
    return handover;
  }

  #tell(phase: Phase): void {
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.#write();
    this.dispatchEvent(new CustomEvent("vouchsafe-phase", { detail: { phase }, bubbles: true }));
  }

  #wantsWindow(): boolean {
    if (this.getAttribute("mode") === "window") return true;
    const policy = (document as { featurePolicy?: { allowsFeature(name: string): boolean } }).featurePolicy;
    return matchMedia(narrow).matches || policy?.allowsFeature("microphone") === false;
  }

  #address(): string {
    const language = this.#language();
    return `${us}/embed/${encodeURIComponent(this.#site())}?language=${language}#${encodeURIComponent(location.origin)}`;
  }

  #write(): void {
    const said = this.#words();
    const open = this.#phase === "calling" || this.#phase === "talking";
    const label = open
      ? said[this.#phase === "talking" ? "talking" : "back"]
      : (this.getAttribute("label") ?? said.call);
    (this.#part("call").lastChild as HTMLElement).textContent = label;
    this.#part("panel").setAttribute("aria-label", said.title);
    this.#part("panel").dir = this.#language() === "ar" ? "rtl" : "ltr";
    (this.#root.querySelector("b") as HTMLElement).textContent = said.title;
    for (const [part, word] of [
      ["min", said.minimise],
      ["x", said.close],
    ] as const) {
      this.#part(part).setAttribute("aria-label", word);
      this.#part(part).title = word;
    }
    this.#part("x").hidden = open;
  }

  #fail(failed: boolean): void {
    const box = this.#root.querySelector("[role=alert]") as HTMLElement;
    box.hidden = !failed;
    const said = this.#words();
    const link = document.createElement("a");
    Object.assign(link, {
      href: `${us}/support`,
      target: "_blank",
      rel: "noopener",
      textContent: said.failedLink,
    });
    box.firstElementChild?.replaceChildren(...(failed ? [`${said.failed} `, link] : []));
    if (failed) this.#frame?.remove();
    if (failed) this.#frame = null;
  }

  #show(shown: boolean): void {
    this.#part("panel").hidden = !shown;
    this.#part("call").setAttribute("aria-expanded", String(shown));
  }

  #part = (name: string) => this.#root.querySelector(`.${name}`) as HTMLElement;
  #site = () => this.getAttribute("site") ?? "";
  #language = () => {
    const wish = (this.lang || document.documentElement.lang || navigator.language).slice(0, 2).toLowerCase();
    return wish in words ? wish : "en";
  };
  #words = () => words[this.#language()] as Words;
}

if (!customElements.get("vouchsafe-call")) customElements.define("vouchsafe-call", VouchsafeCall);
