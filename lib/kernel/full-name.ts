/** A colleague as others read them: "Dr. Jane Okafor". Whoever has no title goes by their names. */
export const fullName = (person: { title: string | null; firstName: string; lastName: string }): string =>
  [person.title, person.firstName, person.lastName].filter(Boolean).join(" ");
