import type { Metadata } from "next";
import Link from "next/link";
import { Logo } from "./icons";

export const metadata: Metadata = { title: "Not here" };

export default function NotFound() {
  return (
    <main className="page patient">
      <div className="top">
        <Logo />
      </div>
      <h1>Nothing is at this address.</h1>
      <p>If you came from a text message or an email, open the link there again, exactly as it was sent.</p>
      <Link className="btn btn--quiet" href="/">
        Go to the start
      </Link>
    </main>
  );
}
