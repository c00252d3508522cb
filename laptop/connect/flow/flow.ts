/** A flow as `infra/flows` holds it, in the vendor's language. */
export type Flow = {
  StartAction: string;
  Actions: Action[];
};
export type Action = {
  Identifier: string;
  Type: string;
  Parameters: Record<string, unknown>;
  Transitions: {
    NextAction?: string;
    Errors?: Array<{ ErrorType: string; NextAction: string }>;
    Conditions?: Array<{ NextAction: string; Condition: { Operator: string; Operands: string[] } }>;
  };
};

/** The flow with each `${Name}` replaced, as a deployer does. Throws for a name that is not given. */
export function fillIn(flow: object, names: Record<string, string>): Flow {
  const filled = JSON.stringify(flow).replace(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = names[name];
    if (value === undefined) throw new Error(`The flow wants \${${name}}, which nobody gives`);
    return JSON.stringify(value).slice(1, -1);
  });
  return JSON.parse(filled) as Flow;
}
