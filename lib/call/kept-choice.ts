/** A yes or no that this browser remembers of its user. Nothing about a visit. Storage that is missing or throws forgets, no more. */
export function keptChoice(
  storage: () => Pick<Storage, "getItem" | "setItem"> | null,
  name: string,
  otherwise: boolean,
) {
  const place = `vouchsafe.${name}`;
  return {
    recall(): boolean {
      try {
        const kept = storage()?.getItem(place);
        return kept === "yes" || kept === "no" ? kept === "yes" : otherwise;
      } catch {
        return otherwise;
      }
    },
    remember(choice: boolean): void {
      try {
        storage()?.setItem(place, choice ? "yes" : "no");
      } catch {
        // A full or forbidden storage costs a choice next time, nothing now.
      }
    },
  };
}
