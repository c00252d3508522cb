import Link from "next/link";
import type { Call } from "./calls";

/** One call as a line, which leads to the same page with all that there is to say of it. @param q the search that found it; "" for none. */
export function CallLine({ call: { method, path, operation }, q }: { call: Call; q: string }) {
  const { operationId, summary } = operation;
  const asked = new URLSearchParams({ ...(q && { q }), call: operationId });
  return (
    <Link
      className="card api__call api__line"
      id={operationId}
      href={`/developers?${asked}#${operationId}`}
      prefetch={false}
    >
      <CallName {...{ method, path, summary }} />
    </Link>
  );
}

/** A shape that several answers have in common, by its name alone. */
export function ShapeLine({ name }: { name: string }) {
  return (
    <Link
      className="card api__call api__line"
      id={`shape-${name}`}
      href={`/developers?shape=${name}#shape-${name}`}
      prefetch={false}
    >
      {name}
    </Link>
  );
}

export function CallName({ method, path, summary }: Pick<Call, "method" | "path"> & { summary: string }) {
  return (
    <>
      <span className={`api__method api__method--${method}`}>{method.toUpperCase()}</span>
      <code>{path}</code>
      <span className="api__what">{summary}</span>
    </>
  );
}
