"use client";

import { useFormStatus } from "react-dom";
import { Icon } from "../ui/icon";

/** @param words in the reader's language, from the server. */
export function SendButton({ words }: { words: { send: string; sending: string } }) {
  const { pending } = useFormStatus();
  return (
    <button
      type="submit"
      className={pending ? "btn btn--big is-busy" : "btn btn--big"}
      aria-disabled={pending}
    >
      <Icon name="send" />
      {pending ? words.sending : words.send}
    </button>
  );
}
