import { callWords } from "../messages/call-words";
import { Dialog } from "./dialog";

export function KeysDialog({ hosts, close }: { hosts: boolean; close: () => void }) {
  const keys = callWords.keys.filter(({ hostsOnly }) => hosts || !hostsOnly);
  return (
    <Dialog title={callWords.keysTitle} close={close}>
      <dl className="kv">
        {keys.map(({ key, does }) => (
          <div className="keys__row" key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p className="small soft">{callWords.keysSay}</p>
      <button type="button" className="btn btn--wide" onClick={close}>
        {callWords.close}
      </button>
    </Dialog>
  );
}
