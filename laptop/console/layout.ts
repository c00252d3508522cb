import { html, type Markup } from "./html";
import { icon, mark } from "./icons";

export const tabs = [
  { name: "Inbox", path: "/" },
  { name: "Meetings", path: "/console/meetings" },
  { name: "Contacts", path: "/console/contacts" },
  { name: "Faults", path: "/console/faults" },
] as const;
export type Tab = (typeof tabs)[number]["name"];

/**
 * One page of the console. Parts marked `data-live` are replaced in place when something changes.
 * @param faultsOn how many switches are on: said in the head of every page, so that none is forgotten.
 */
export function layout(page: {
  tab: Tab;
  counts: Partial<Record<Tab, number>>;
  faultsOn: number;
  actions?: Markup;
  /** A site of somebody else's stands ready to be tried. */
  demoHost?: boolean;
  body: Markup;
}): string {
  const { tab, counts, faultsOn, actions, demoHost, body } = page;
  return `<!doctype html>\n${
    html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${tab} · Laptop cloud</title>
<link rel="stylesheet" href="/console/assets/tokens.css">
<link rel="stylesheet" href="/console/assets/console.css">
<link rel="icon" href="/console/assets/icon.svg" type="image/svg+xml">
<script src="/console/assets/console.js" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to ${tab.toLowerCase()}</a>
<header class="topbar">
<span class="logo">${mark}Laptop cloud</span>
<span class="chip chip--un">Pretend. Nothing leaves this computer</span>
<nav aria-label="Console" id="tabs" data-live>${tabs.map(
      ({ name, path }) =>
        html`<a class="tab" href="${path}"${name === tab && html` aria-current="page"`}>${name}${
          counts[name] ? html` <span class="count">${counts[name]}</span>` : ""
        }</a>`,
    )}${demoHost && html`<a class="tab" href="/bank" target="_blank">Demo site</a>`}</nav>
<span class="topbar__end"><span id="health" data-live>${
      faultsOn
        ? html`<a class="chip chip--wait" href="/console/faults">${icon("bolt")}${faultsOn} fault ${faultsOn === 1 ? "switch" : "switches"} on</a>`
        : html`<span class="chip chip--good">${icon("tick")}All services up</span>`
    }</span>${actions}</span>
</header>
<main id="main" tabindex="-1">
<h1 class="vh">${tab}</h1>
${body}
</main>
<p class="vh" role="status" id="said"></p>
</body>
</html>`.text
  }`;
}
