import type { Metadata } from "next";
import Link from "next/link";

export const metadata: Metadata = { title: { absolute: "Vouchsafe" } };

export default function Welcome() {
  return (
    <main className="page">
      <h1>Vouchsafe</h1>
      <p className="soft">Calls that arrive already verified.</p>
      <p>Have a visit? You don’t need an account. Open the link in your text message.</p>
      <Link className="btn" href="/sign-in">
        Sign in
      </Link>
    </main>
  );
}
