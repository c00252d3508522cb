import { getRequestConfig } from "next-intl/server";
import { isLocale } from "@/messages/locales";
import { messagesOf } from "@/messages/messages";
import { requestLanguage } from "./request-language";

/** next-intl's view of a request (next.config.ts names this file to it). */
export default getRequestConfig(async ({ locale: asked }) => {
  const { locale } = isLocale(asked) ? { locale: asked } : await requestLanguage();
  return {
    locale,
    messages: await messagesOf(locale),
    onError(error) {
      throw error; // a text that is missing is a fault of ours: a test finds it before a person does
    },
  };
});
