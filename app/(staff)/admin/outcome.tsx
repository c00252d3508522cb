/** What an action that saves something says back. `path`: the field to put right; "" where none in particular is to blame. */
export type Saved =
  | { kind: "nothing" }
  | { kind: "saved"; message: string }
  | { kind: "refused"; errors: { path: string; message: string }[] };

/** What came of a save, said where it was pressed. */
export function Outcome({ saved }: { saved: Saved }) {
  return (
    <div role="status" className="small">
      {saved.kind === "saved" ? <p>{saved.message}</p> : null}
      {saved.kind === "refused"
        ? saved.errors.map(({ message }) => (
            <p key={message} className="field__error">
              {message}
            </p>
          ))
        : null}
    </div>
  );
}
