import { useEffect, useRef, useState } from "react";
import type { LocalMedia } from "@/lib/call/local-media";
import type { Press } from "./first-look-page";

/**
 * Takes over what the page's first script began: the devices it opened, and a press on Join that came before React.
 *
 * @returns null on the server and until this page lives.
 */
export function useFirstLook(pressed: (local: LocalMedia, press: Press) => void): LocalMedia | null {
  const [local, setLocal] = useState<LocalMedia | null>(null);
  const follow = useRef(pressed);
  useEffect(() => {
    const { firstLook } = window;
    if (!firstLook) throw new Error("the door's first script is not in the page");
    setLocal(firstLook.local);
    const press = firstLook.takeOver();
    if (press) follow.current(firstLook.local, press);
    return firstLook.local.watch();
  }, []);
  return local;
}
