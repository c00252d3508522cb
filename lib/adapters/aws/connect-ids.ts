/** Settings hold an id or an ARN (seed 4 gives ARNs); Connect's bodies want the bare id. */
export const bareId = (idOrArn: string) => idOrArn.slice(idOrArn.lastIndexOf("/") + 1);
