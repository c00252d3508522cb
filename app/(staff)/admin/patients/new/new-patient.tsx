"use client";

import { useRouter } from "next/navigation";
import { NewForm } from "../new-form";
import type { Choices } from "../patient-fields";

/** The form as a page of its own: on to the patient's page when they are on file, back to the list when not. */
export function NewPatient(choices: Choices) {
  const router = useRouter();
  return (
    <div className="card">
      <NewForm
        {...choices}
        cancel={() => router.push("/admin/patients")}
        onFile={({ patientId }) => router.push(`/admin/patients/${patientId}?told=added`)}
      />
    </div>
  );
}
