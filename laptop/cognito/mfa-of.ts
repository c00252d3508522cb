import type { User } from "./state";

export function mfaOf(user: User): { UserMFASettingList?: string[]; PreferredMfaSetting?: string } {
  return user.totp?.enabled
    ? { UserMFASettingList: ["SOFTWARE_TOKEN_MFA"], PreferredMfaSetting: "SOFTWARE_TOKEN_MFA" }
    : {};
}
