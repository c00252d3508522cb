import type { Metadata } from "next";
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
      {/* Not next/link: every page loads this file's script, the door's too. */}
      <a className="btn btn--quiet" href="/">
        Go to the start
      </a>
    </main>
  );
}
