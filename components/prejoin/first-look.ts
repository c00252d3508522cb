import { bothAllowed, openLocalMedia } from "@/lib/call/local-media";
import type { FirstLook, Press } from "./first-look-page";

/**
 * The door before React. It stands in the page itself, so the camera opens and every button of the server's markup answers while the
 * rest of the script is still on its way over a slow line. React takes over what it began (`useFirstLook`): there is one `local`.
 */
let waiting: Press | null = null;
const local = openLocalMedia(storage());
const parts = (name: string) => document.querySelectorAll<HTMLElement>(`[data-first="${name}"]`);
const buttons = document.querySelectorAll<HTMLButtonElement>("button[data-press]");

function show(): void {
  const { camera } = local.state();
  const on = camera.state === "on";
  for (const video of parts("picture") as NodeListOf<HTMLVideoElement>) {
    video.muted = true; // React leaves it out of the server's markup
    video.srcObject = on ? camera.stream : null;
  }
  for (const [name, hidden] of [
    ["picture", !on],
    ["seen", !on],
    ["unseen", on],
  ] as const)
    for (const part of parts(name)) part.hidden = hidden;
}

function pressed(event: Event): void {
  const button = event.currentTarget as HTMLButtonElement;
  const press = button.dataset.press as Press | "check";
  if (press === "check") return void local.open({ camera: true, microphone: true });
  // Joining needs the call's code: React goes on with it as soon as it is here.
  waiting = press;
  button.dataset.pressed = "";
}

/** Part of the page did not come: what was pressed will lead nowhere, and the person must know. */
function lost({ target }: Event): void {
  if (!(target instanceof HTMLScriptElement)) return;
  for (const part of parts("lost")) part.hidden = false;
  for (const button of buttons) delete button.dataset.pressed;
}

const unfollow = local.subscribe(show);
for (const button of buttons) {
  button.disabled = false;
  button.addEventListener("click", pressed);
}
void bothAllowed().then((allowed) => {
  if (!allowed || local.state().camera.state !== "unasked") return;
  // Nobody is asked, so it need not be one question: the picture doesn't wait for the sound.
  void local.open({ camera: true, microphone: false });
  void local.open({ camera: false, microphone: true });
});
// Our own type comes after everything that does something (door.css).
addEventListener("load", () => document.documentElement.classList.add("type"));
addEventListener("error", lost, true); // a script's failure doesn't bubble

const firstLook: FirstLook = {
  local,
  takeOver() {
    unfollow();
    removeEventListener("error", lost, true);
    for (const button of buttons) {
      button.removeEventListener("click", pressed);
      delete button.dataset.pressed;
    }
    const press = waiting;
    waiting = null;
    return press;
  },
};
window.firstLook = firstLook;

/** Null where a browser forbids it. */
function storage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
