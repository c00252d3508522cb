import { expect, test } from "../fixtures";
import { signIn } from "../sign-in";
import { makeVisit } from "../staff-api";

test("a patient is let into an empty call only when it was asked for twice, the clinician who is missed gets a mail, and a scheduler reads what happened and ends what nobody comes to", async ({
  api,
  inbox,
  newVisitor,
  started,
  expectAccessible,
}) => {
  const { visitId } = await makeVisit(api);
  const { patient } = await api.call("POST", `/api/visits/${visitId}/links`, { roles: ["patient"] });
  const { page } = await newVisitor();
  await signIn(page, started, "scheduler");
  await page.goto(`/admin/visits/${visitId}`);
  // They come while the page is open; nobody loads it again.
  await fetch(`${started.appUrl}/api/visits/${visitId}/start`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": "e2e-empty-call-0001" },
    body: JSON.stringify({ token: (patient as { token: string }).token }),
  });

  const toDo = page.getByRole("region", { name: "What to do" });
  const happened = page.getByRole("region", { name: "What happened" });
  await expect(happened.getByText("The patient came and waits")).toBeVisible();
  await toDo.getByRole("button", { name: "Remind Dr. Jane Okafor" }).click();
  await expect(toDo.getByText("Reminded by email, with the link to join.")).toBeVisible();
  await inbox.find("jane@vouchsafe.test", /Your patient waits/);
  await expect(happened.getByText("Dr. Jane Okafor was reminded to join")).toBeVisible();

  await toDo.getByText("Admit the patient…").click();
  await expect(toDo.getByText("Dr. Jane Okafor isn’t here yet. Let the patient in anyway?")).toBeVisible();
  await expectAccessible(page);
  await expect(happened.getByText("The patient was let in")).toHaveCount(0);
  await toDo.getByRole("button", { name: "Let in anyway" }).click();
  await expect(happened.getByText("The patient was let in")).toBeVisible();

  // Nobody comes any more: it is ended rather than left open, and leads to the next.
  await toDo.getByText("End the visit…").click();
  await toDo.getByRole("button", { name: "Yes, end it for everybody" }).click();
  await expect(page.getByText("The visit is over.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Book a follow-up" })).toBeVisible();
});
