import type { Locator } from "playwright/test";

/** Chooses in a combobox of this form as a person does by hand: types the beginning of a name, and takes with a press what is offered. */
export async function choose(form: Locator, field: RegExp, typed: string, option: RegExp): Promise<void> {
  await form.getByRole("combobox", { name: field }).fill(typed);
  await form.getByRole("option", { name: option }).click();
}
