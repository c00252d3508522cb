"use client";

import { useRouter } from "next/navigation";
import { startTransition } from "react";

type Props = { error: Error & { digest?: string }; reset: () => void };

/** A fault of ours. Says what to do, and the number under which the log knows it. */
export default function Fault({ error, reset }: Props) {
  const router = useRouter();
  const again = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return (
    <main className="page patient">
      <h1>That didn’t work.</h1>
      <p>Something went wrong on our side. Nothing you typed was sent twice.</p>
      <button type="button" className="btn" onClick={again}>
        Try again
      </button>
      <p className="soft">
        If it stays, call the clinic
        {error.digest ? (
          <>
            {" "}
            and say number <b className="num">{error.digest}</b>
          </>
        ) : null}
        .
      </p>
    </main>
  );
}
