import { encode } from "uqr";
import { address, html, type Markup } from "./html";

const quiet = 4; // ISO/IEC 18004: the light margin that a camera needs

/** The first link of a text as a code for a phone's camera; nothing when no phone could open it. */
export function phoneCode(text: string, phoneOrigin: string | null): Markup | null {
  if (phoneOrigin === null) return null;
  const link = [...text.matchAll(address)]
    .map(([url]) => url)
    .find((url) => url.startsWith(`${phoneOrigin}/`));
  if (!link) return null;
  const { data, size } = encode(link, { border: quiet });
  const dark = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return html`<details class="phone-code"><summary>Open on a phone</summary>
<svg viewBox="0 0 ${size} ${size}" role="img" aria-label="Code for a phone's camera: ${link}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path fill="#000" d="${dark}"/></svg></details>`;
}
