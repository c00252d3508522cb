import type { Operation } from "../operation";
import * as adminPasswords from "./admin-passwords";
import * as adminUsers from "./admin-users";
import * as clients from "./clients";
import * as forgotPassword from "./forgot-password";
import * as groups from "./groups";
import { ListUsers } from "./list-users";
import * as mfa from "./mfa";
import * as ownAccount from "./own-account";
import * as pools from "./pools";
import { GetTokensFromRefreshToken, RevokeToken } from "./refresh";
import { AdminRespondToAuthChallenge, RespondToAuthChallenge } from "./respond-to-challenge";
import { AdminInitiateAuth, InitiateAuth } from "./sign-in";
import * as signUp from "./sign-up";

/** Every operation we speak, by the vendor's name for it. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries({
    ...signUp,
    ...forgotPassword,
    ...ownAccount,
    ...mfa,
    ...adminUsers,
    ...adminPasswords,
    ...groups,
    ...pools,
    ...clients,
    InitiateAuth,
    AdminInitiateAuth,
    RespondToAuthChallenge,
    AdminRespondToAuthChallenge,
    GetTokensFromRefreshToken,
    RevokeToken,
    ListUsers,
  }),
);
