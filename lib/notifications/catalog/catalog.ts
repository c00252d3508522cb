import type { MessageLocale } from "../message";
import { ar } from "./ar";
import { en } from "./en";
import { es } from "./es";
import type { Catalog } from "./wording";

export const catalogs: Record<MessageLocale, Catalog> = { en, es, ar };
