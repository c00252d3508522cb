import { expect, test } from "../fixtures";
import { signIn } from "../sign-in";

test("two who change one patient lose nothing of either, and a link at an old number is told of and replaced", async ({
  started,
  api,
  inbox,
  newVisitor,
  expectAccessible,
}) => {
  const [old, fresh] = [0, 1].map(
    (nth) => `+1212555${String((Date.now() + nth * 37) % 10_000).padStart(4, "0")}`,
  );
  const { patientId } = await api.call("POST", "/api/patients", {
    firstName: "Nora",
    lastName: `Quist ${Date.now()}`,
    phone: old,
    state: "NY",
    timeZone: "America/New_York",
  });
  const visit = await api.call("POST", "/api/visits", {
    patientId,
    clinicianId: "bbbbbbbb-0000-4000-8000-000000000001",
    scheduledAt: new Date(Date.now() + (40 + (Date.now() % 300)) * 86_400_000).toISOString(),
    channel: "sms",
  });
  await api.call("POST", `/api/visits/${visit.visitId}/notify`, { recipientRole: "patient" });
  await inbox.find(old!, /\/j\/\S+/);

  const { page: one } = await newVisitor();
  await signIn(one, started, "scheduler");
  await one.goto(`/admin/patients/${patientId}`);
  await expect(one.getByRole("heading", { name: "Change details" })).toBeVisible();
  await api.call("PATCH", `/api/patients/${patientId}`, { tier: "gold" });

  await test.step("the later one is told, keeps what was typed, and has the other's beside it", async () => {
    await one.getByLabel("Phone", { exact: true }).fill(fresh!);
    await one.getByRole("button", { name: "Save changes" }).click();
    await expect(one.getByText("Somebody else saved this patient meanwhile")).toBeVisible();
    await expect(one.getByLabel("Tier")).toHaveValue("gold");
    await expect(one.getByLabel("Phone", { exact: true })).toHaveValue(fresh!);
    await one.getByRole("button", { name: "Save changes" }).click();
    await expect(one.getByText("Saved.")).toBeVisible();
  });

  await test.step("the link at the old number is named, and a new one goes to the new", async () => {
    await expect(one.getByRole("heading", { name: "Links at an old contact" })).toBeVisible();
    await expectAccessible(one);
    await one.getByRole("button", { name: "Send a new link" }).click();
    await inbox.find(fresh!, /\/j\/\S+/);
    await expect(one.getByRole("heading", { name: "Links at an old contact" })).toHaveCount(0);
  });

  await test.step("whoever books finds the number only when they ask for it", async () => {
    await expect(one.getByText(fresh!)).toHaveCount(0);
    await one.getByRole("button", { name: "Show number and email" }).click();
    await expect(one.getByText(fresh!)).toBeVisible();
  });
});
