/** The devices that somebody chose here. Only the browser's own opaque ids are kept, nothing about a visit. */
export type ChosenDevices = { camera?: string; microphone?: string; speaker?: string };

const place = "vouchsafe.devices";

/** `storage` null, or one that throws (private windows): remembers nothing and works all the same. */
export function deviceMemory(storage: Pick<Storage, "getItem" | "setItem"> | null) {
  return {
    recall(): ChosenDevices {
      try {
        const kept: unknown = JSON.parse(storage?.getItem(place) ?? "{}");
        if (typeof kept !== "object" || kept === null) return {};
        const found: ChosenDevices = {};
        for (const kind of ["camera", "microphone", "speaker"] as const) {
          const id = (kept as Record<string, unknown>)[kind];
          if (typeof id === "string" && id.length <= 256) found[kind] = id;
        }
        return found;
      } catch {
        return {}; // unreadable is as good as empty
      }
    },
    remember(chosen: ChosenDevices): void {
      try {
        storage?.setItem(place, JSON.stringify(chosen));
      } catch {
        // A full or forbidden storage costs a choice next time, nothing now.
      }
    },
  };
}
