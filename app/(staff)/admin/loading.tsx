/** Rows of their real height, so that nothing jumps when the visits come. */
export default function Loading() {
  return (
    <main className="main" aria-busy="true">
      <h1>Visits</h1>
      <p className="soft" role="status">
        Getting the visits…
      </p>
      <div className="card card--flush section" aria-hidden="true">
        {["a", "b", "c", "d", "e", "f"].map((row) => (
          <div key={row} className="skeleton" />
        ))}
      </div>
    </main>
  );
}
