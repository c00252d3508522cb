"use client";

import { useFormStatus } from "react-dom";
import { closedWords } from "../messages/en";
import { Icon } from "../ui/icon";

export function SendButton() {
  const { pending } = useFormStatus();
  return (
    <button
      type="submit"
      className={pending ? "btn btn--big is-busy" : "btn btn--big"}
      aria-disabled={pending}
    >
      <Icon name="send" />
      {pending ? closedWords.sending : closedWords.sendNew}
    </button>
  );
}
