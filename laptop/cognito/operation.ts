import { z } from "zod";
import type { Cognito } from "./context";
import { refuse } from "./refuse";

export type Operation = {
  /** Administrative calls come with AWS credentials (any, on a laptop); the others with none. */
  signed: boolean;
  run: (cognito: Cognito, input: unknown) => Promise<object> | object;
};

function define<Input>(
  signed: boolean,
  schema: z.ZodType<Input>,
  run: (cognito: Cognito, input: Input) => Promise<object> | object,
): Operation {
  return {
    signed,
    run(cognito, input) {
      const read = schema.safeParse(input);
      return read.success ? run(cognito, read.data) : refuseShape(read.error);
    },
  };
}

function refuseShape(error: z.ZodError): never {
  const issues = error.issues.map((issue) => `Value at '${issue.path.join(".")}' ${issue.message}`);
  const count = `${issues.length} validation error${issues.length === 1 ? "" : "s"} detected`;
  return refuse("InvalidParameterException", `${count}: ${issues.join("; ")}`);
}

/** An operation that anybody may call; what authorises it is in its input. */
export const open = <Input>(
  schema: z.ZodType<Input>,
  run: (c: Cognito, i: Input) => Promise<object> | object,
) => define(false, schema, run);

/** An operation for the holder of the account's credentials. */
export const admin = <Input>(
  schema: z.ZodType<Input>,
  run: (c: Cognito, i: Input) => Promise<object> | object,
) => define(true, schema, run);

export const name = z.string().min(1).max(128);
export const secretText = z.string().min(1).max(256);
export const token = z.string().min(1).max(8192);
export const poolId = z
  .string()
  .regex(/^[\w-]+_[0-9a-zA-Z]+$/)
  .max(55);
export const clientId = z
  .string()
  .regex(/^[\w+]+$/)
  .max(128);
export const code = z.string().regex(/^\S+$/).max(2048);
export const attributes = z
  .array(z.object({ Name: z.string().min(1).max(32), Value: z.string().optional() }))
  .max(50);
export const parameters = z.record(z.string(), z.string());
