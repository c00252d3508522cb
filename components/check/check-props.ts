import type { ReactNode } from "react";
import type { Locale } from "@/messages/locales";
import type { ConnectionWords } from "../connection/connection-rows";
import type { PreviewWords } from "../prejoin/preview-words";
import type { CheckWords } from "./check-words";

/** What the page gives to the check: whose it is, and what it says. */
export type CheckProps = {
  code: string;
  locale: Locale;
  words: CheckWords;
  line: ConnectionWords;
  preview: PreviewWords;
  help: ReactNode;
};
