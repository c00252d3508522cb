import type { customers, staff, staffHours } from "./schema";

const customerId = (n: number) => `aaaaaaaa-0000-4000-8000-00000000000${n}`;
const clinicianId = (n: number) => `bbbbbbbb-0000-4000-8000-00000000000${n}`;
const officeId = (n: number) => `cccccccc-0000-4000-8000-00000000000${n}`;

/** Invented people. Area code 555 belongs to nobody. */
export const demoCustomers: Array<typeof customers.$inferInsert> = [
  {
    id: customerId(1),
    externalId: "10001",
    firstName: "Walter",
    lastName: "Greene",
    email: "walter@example.com",
    phone: "+15550101234",
    state: "NY",
    timeZone: "America/New_York",
  },
  {
    id: customerId(2),
    externalId: "10002",
    firstName: "Priya",
    lastName: "Raman",
    email: "priya@example.com",
    phone: "+15550101235",
    state: "CA",
    timeZone: "America/Los_Angeles",
  },
  {
    id: customerId(3),
    externalId: "10003",
    firstName: "Eleanor",
    lastName: "Vance",
    email: "eleanor@example.com",
    phone: "+15550101236",
    state: "NV",
    timeZone: "America/Los_Angeles",
  },
  {
    id: customerId(4),
    externalId: "10004",
    firstName: "Lucía",
    lastName: "Fernández",
    email: "lucia@example.com",
    phone: "+15550101237",
    state: "NJ",
    timeZone: "America/New_York",
    locale: "es",
  },
  {
    id: customerId(5),
    externalId: "12345",
    firstName: "John",
    lastName: "Carter",
    email: "customer@vouchsafe.test",
    phone: "+15550101238",
    tier: "gold",
    state: "NY",
    timeZone: "America/New_York",
  },
];

const office = { title: null, timeZone: "America/New_York" } as const;
const doctor = { title: "Dr.", role: "clinician" } as const;

export const demoStaff: Array<typeof staff.$inferInsert> = [
  {
    id: clinicianId(1),
    email: "jane@vouchsafe.test",
    ...doctor,
    firstName: "Jane",
    lastName: "Okafor",
    timeZone: "America/New_York",
  },
  {
    id: clinicianId(2),
    email: "luis@vouchsafe.test",
    ...doctor,
    firstName: "Luis",
    lastName: "Romero",
    timeZone: "America/Los_Angeles",
  },
  {
    id: clinicianId(3),
    email: "amara@vouchsafe.test",
    ...doctor,
    firstName: "Amara",
    lastName: "Singh",
    timeZone: "America/Chicago",
  },
  {
    id: officeId(1),
    email: "admin@vouchsafe.test",
    role: "admin",
    firstName: "Ada",
    lastName: "Lindgren",
    ...office,
  },
  {
    id: officeId(2),
    email: "scheduler@vouchsafe.test",
    role: "scheduler",
    firstName: "Sofia",
    lastName: "Ortega",
    ...office,
  },
  {
    id: officeId(3),
    email: "agent@vouchsafe.test",
    role: "agent",
    firstName: "Noah",
    lastName: "Bennett",
    ...office,
  },
  {
    id: officeId(4),
    email: "auditor@vouchsafe.test",
    role: "auditor",
    firstName: "Mina",
    lastName: "Haddad",
    ...office,
  },
];

/** Nobody here may treat Eleanor Vance in Nevada: the refusal can be seen. One licence ends soon, another has ended: so can the warnings. */
export const demoLicences = [
  ...["NY", "NJ", "CT", "CA"].map((state) => ({ staffId: clinicianId(1), state, number: `${state}-1001` })),
  ...["CA", "WA"].map((state) => ({ staffId: clinicianId(2), state, number: `${state}-1002` })),
  { staffId: clinicianId(2), state: "OR", number: "OR-1002", days: -20 },
  ...["IL", "NY"].map((state) => ({ staffId: clinicianId(3), state, number: `${state}-1003` })),
  { staffId: clinicianId(3), state: "TX", number: "TX-1003", days: 40 },
].map((licence): typeof licence & { days: number } => ({ days: 2 * 365, ...licence }));

const mondayTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
const spell = (n: number, weekday: number, fromHour: number, toHour: number) => ({
  staffId: clinicianId(n),
  weekday,
  fromMinute: fromHour * 60,
  toMinute: toHour * 60,
});

/** By the clocks of each one's own zone. */
export const demoHours: Array<typeof staffHours.$inferInsert> = [
  ...mondayTo(5).map((weekday) => spell(1, weekday, 9, 17)),
  ...mondayTo(4).flatMap((weekday) => [spell(2, weekday, 8, 12), spell(2, weekday, 13, 17)]),
  ...mondayTo(6).map((weekday) => spell(3, weekday, 10, 18)),
];
