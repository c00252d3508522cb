"use client";

import { useTranslations } from "next-intl";
import { useEffect, useId, useRef } from "react";
import type { PatientFacts } from "@/lib/patients/patient";
import { NewForm } from "./new-form";
import type { Choices } from "./patient-fields";

type Props = Choices & {
  /** What was typed of them already. */
  typed: string;
  onFile: (patient: PatientFacts) => void;
  close: () => void;
};

/** The same form over another page, which keeps what was typed there. */
export function NewDialog({ onFile, close, ...choices }: Props) {
  const t = useTranslations("patients.new");
  const box = useRef<HTMLDialogElement>(null);
  const title = useId();
  useEffect(() => {
    const before = document.activeElement;
    const dialog = box.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={box}
      className="over"
      aria-labelledby={title}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <h2 id={title}>{t("title")}</h2>
      <p className="soft gap">{t("say")}</p>
      <NewForm {...choices} takes onFile={onFile} cancel={close} />
    </dialog>
  );
}
