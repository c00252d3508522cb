import Link from "next/link";

/** The same for a visit that isn't and one that the reader may not see. */
export default function VisitNotFound() {
  return (
    <main className="main">
      <div className="card empty">
        <h1>No such visit.</h1>
        <p>It may belong to another clinician, or the address may be cut off.</p>
        <Link className="btn" href="/admin">
          Go to the visits
        </Link>
      </div>
    </main>
  );
}
