import { type ReactNode, useEffect, useId, useRef } from "react";

/** The title is the question; Escape is the safe answer. The browser's own modal: it keeps the focus in, and gives it back. */
export function Dialog(props: { title: string; close: () => void; children: ReactNode }) {
  const box = useRef<HTMLDialogElement>(null);
  const title = useId();
  useEffect(() => {
    const dialog = box.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog ref={box} className="dialog" aria-labelledby={title} onCancel={props.close}>
      <h2 id={title}>{props.title}</h2>
      {props.children}
    </dialog>
  );
}

export function Ask(props: {
  question: { title: string; say: string };
  verb: string;
  stay: string;
  yes: () => void;
  no: () => void;
}) {
  return (
    <Dialog title={props.question.title} close={props.no}>
      <p className="soft">{props.question.say}</p>
      <div className="dialog__choices">
        {/* The safe one first, and it has the focus. */}
        <button type="button" className="btn btn--quiet" onClick={props.no}>
          {props.stay}
        </button>
        <button type="button" className="btn btn--hangup" onClick={props.yes}>
          {props.verb}
        </button>
      </div>
    </Dialog>
  );
}
