"use client";

import { useRouter } from "next/navigation";
import { startTransition } from "react";

type Props = { error: Error & { digest?: string }; reset: () => void };

/** Inside the frame, so that the way to the other pages and out stays. */
export default function Fault({ error, reset }: Props) {
  const router = useRouter();
  const again = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return (
    <main className="main">
      <div className="card empty">
        <h1>This page couldn’t be shown.</h1>
        <p>The visits are safe; only the page failed. Try again in a moment.</p>
        <button type="button" className="btn" onClick={again}>
          Try again
        </button>
        {error.digest ? (
          <p className="soft small">
            If it stays, tell us number <b className="num">{error.digest}</b>.
          </p>
        ) : null}
      </div>
    </main>
  );
}
