import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { addPerson } from "./people";
import { startTestCloud, type TestCloud } from "./start-test-cloud";

/** For a test file: a cloud of its own that must end without a fault, and before each test somebody new in it. `use` is given both. */
export function givenPeople(name: string, use: (given: { cloud: TestCloud; email: string }) => void): void {
  let cloud: TestCloud;
  let count = 0;
  beforeAll(async () => {
    cloud = await startTestCloud();
  });
  beforeEach(async () => {
    const email = `${name}${++count}@example.com`;
    await addPerson(cloud, email);
    use({ cloud, email });
  });
  afterAll(async () => {
    await cloud.stop();
    expect(cloud.faults).toEqual([]);
  });
}
