import type account from "./en/account.json";
import type advice from "./en/advice.json";
import type asked from "./en/asked.json";
import type book from "./en/book.json";
import type call from "./en/call.json";
import type connection from "./en/connection.json";
import type day from "./en/day.json";
import type desk from "./en/desk.json";
import type door from "./en/door.json";
import type fault from "./en/fault.json";
import type lists from "./en/lists.json";
import type own from "./en/own.json";
import type patients from "./en/patients.json";
import type people from "./en/people.json";
import type refusals from "./en/refusals.json";
import type room from "./en/room.json";
import type rooms from "./en/rooms.json";
import type rules from "./en/rules.json";
import type staff from "./en/staff.json";
import type states from "./en/states.json";
import type support from "./en/support.json";
import type visit from "./en/visit.json";
import { type Locale, staffLocales } from "./locales";

/** Every text by its key. English is the measure: `messages.test.ts` holds the others against it. */
export type Messages = typeof account &
  typeof door &
  typeof connection &
  typeof fault &
  typeof states &
  typeof refusals &
  typeof patients &
  typeof own &
  typeof support &
  typeof asked &
  typeof people &
  typeof room &
  typeof rooms &
  typeof rules &
  typeof book &
  typeof day &
  typeof desk &
  typeof lists &
  typeof visit &
  typeof staff;

/** What the call says, and what to do about a device that is missing: loaded by the browser when they are needed (decision 0014). */
export type CallMessages = typeof call;
export type AdviceMessages = (typeof advice)["advice"];

declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}

/** The catalogue of a language. For a server: a page's client code gets the texts that it needs, and no others. */
export async function messagesOf(locale: Locale): Promise<Messages> {
  const spoken = staffLocales.find((known) => known === locale) ?? "en";
  const [
    account,
    door,
    connection,
    fault,
    states,
    refusals,
    patients,
    own,
    support,
    asked,
    people,
    room,
    rooms,
    rules,
    book,
    day,
    desk,
    lists,
    visit,
    staff,
  ] = await Promise.all([
    import(`./${locale}/account.json`),
    import(`./${locale}/door.json`),
    import(`./${locale}/connection.json`),
    import(`./${locale}/fault.json`),
    import(`./${locale}/states.json`),
    import(`./${locale}/refusals.json`),
    import(`./${spoken}/patients.json`),
    import(`./${locale}/own.json`),
    import(`./${locale}/support.json`),
    import(`./${spoken}/asked.json`),
    import(`./${spoken}/people.json`),
    import(`./${locale}/room.json`),
    import(`./${spoken}/rooms.json`),
    import(`./${spoken}/rules.json`),
    import(`./${spoken}/book.json`),
    import(`./${spoken}/day.json`),
    import(`./${spoken}/desk.json`),
    import(`./${spoken}/lists.json`),
    import(`./${spoken}/visit.json`),
    import(`./${spoken}/staff.json`),
  ]);
  return {
    ...account.default,
    ...door.default,
    ...connection.default,
    ...fault.default,
    ...states.default,
    ...refusals.default,
    ...patients.default,
    ...own.default,
    ...support.default,
    ...asked.default,
    ...people.default,
    ...room.default,
    ...rooms.default,
    ...rules.default,
    ...book.default,
    ...day.default,
    ...desk.default,
    ...lists.default,
    ...visit.default,
    ...staff.default,
  };
}
