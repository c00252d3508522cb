import type { Party } from "@/lib/visits/answers";
import type { Language } from "@/messages/locales";

/** What the door's client code may know: everything here is in the page's own source. No patient, no reason. */
export type DoorFacts = {
  code: string;
  visitId: string;
  party: Party;
  /** "Dr. Jane" */
  clinician: string;
  clinicName: string;
  /** E.164 */
  clinicPhone: string;
  timeZone: string;
  resumable: boolean;
  /** What is said can be written down for those who ask. */
  captions: boolean;
  /** The reader's. */
  language: Language;
  /** For styles that the call adds at run time. */
  nonce: string;
};

export type DeviceInfo = { hasCamera: boolean; hasMicrophone: boolean; browser: string; os: string };
