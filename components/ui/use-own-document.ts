import { useEffect, useState } from "react";

/**
 * Whether this page's document was loaded for it. A browser holds a document to the headers that it came with, and only those of a page that calls allow its sound:
 * whoever came here from another page of ours gets it loaded anew.
 */
export function useOwnDocument(): boolean {
  const [own, setOwn] = useState(false);
  useEffect(() => {
    const [loaded] = performance.getEntriesByType("navigation");
    if (loaded && new URL(loaded.name).pathname !== location.pathname) location.reload();
    else setOwn(true);
  }, []);
  return own;
}
