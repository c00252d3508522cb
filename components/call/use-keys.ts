import { useEffect, useRef } from "react";

/** One letter, wherever nobody types and no dialog asks. Keys are lower case; "?" opens the list of them. */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target;
      if (target instanceof Element && target.closest("input, select, textarea, dialog")) return;
      const press = latest.current[event.key.toLowerCase()];
      if (!press) return;
      event.preventDefault(); // the letter must not land in a field that the press opens
      press();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
}
