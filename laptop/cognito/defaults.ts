/** What a laptop has at its first start. The ids keep the vendor's patterns, so that strict verifiers accept them. */
export type Bootstrap = {
  poolId: string;
  clients: Array<{ clientId: string; clientName: string; secret?: string; rotating: boolean }>;
  groups: string[];
};

/** Refresh tokens rotate at the web client (our own sessions), and stay at the api client (seed 3's JSON endpoints). */
export const defaultBootstrap: Bootstrap = {
  poolId: "us-east-1_laptop001",
  clients: [
    { clientId: "vouchsafeweblaptop00000001", clientName: "vouchsafe-web", rotating: true },
    { clientId: "vouchsafeapilaptop00000001", clientName: "vouchsafe-api", rotating: false },
  ],
  groups: ["customer", "clinician", "agent", "scheduler", "admin", "auditor"],
};
