/** One id that this window keeps over its own reload. Where a browser keeps nothing, there is none after it. */
export function windowNote(key: string): { keep(id: string | null): void; kept(): string | null } {
  return {
    keep(id) {
      try {
        if (id) sessionStorage.setItem(key, id);
        else sessionStorage.removeItem(key);
      } catch (cause) {
        if (!(cause instanceof DOMException)) throw cause;
      }
    },
    kept() {
      try {
        return sessionStorage.getItem(key);
      } catch (cause) {
        if (!(cause instanceof DOMException)) throw cause;
        return null;
      }
    },
  };
}
