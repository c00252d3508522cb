/** A refusal in Cognito's own words. `code` is the exception's name, as SDKs expect it in `__type`. */
export class CognitoRefusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
    this.name = code;
  }
}

export function refuse(code: string, message: string): never {
  throw new CognitoRefusal(code, message);
}

export const notAuthorized = (message = "Incorrect username or password."): never =>
  refuse("NotAuthorizedException", message);

export const invalidParameter = (message: string): never => refuse("InvalidParameterException", message);

/** What a caller may see whatever they tried too often. */
export const tooOften = (): never =>
  refuse("LimitExceededException", "Attempt limit exceeded, please try after some time.");
