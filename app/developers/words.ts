import { createTranslator } from "next-intl";
import messages from "@/messages/en/developers.json";

/** This page is English whatever the browser asks for: it speaks of names that are English themselves (decision 0027). */
export const words = createTranslator({ locale: "en", messages, namespace: "developers" });
export type Words = typeof words;
