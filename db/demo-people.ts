import type { customers, staff, staffLicences } from "./schema";

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

/** Nobody here may treat Eleanor Vance in Nevada: the refusal can be seen. */
export const demoLicences: Array<Omit<typeof staffLicences.$inferInsert, "expiresOn">> = [
  ...["NY", "NJ", "CT", "CA"].map((state) => ({ staffId: clinicianId(1), state, number: `${state}-1001` })),
  ...["CA", "OR", "WA"].map((state) => ({ staffId: clinicianId(2), state, number: `${state}-1002` })),
  ...["IL", "NY", "TX"].map((state) => ({ staffId: clinicianId(3), state, number: `${state}-1003` })),
];
