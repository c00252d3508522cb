/**
 * The vendor's default policy, which our pools keep: 8 to 256 characters with an upper- and a lower-case letter, a digit and a symbol, no space
 * at either end. Asked before the vendor is, so that a weak one is told at no cost; a pool that wants more refuses by itself.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
 */
export function isStrongPassword(password: string): boolean {
  return rules.every((rule) => rule.test(password));
}

const rules = [
  /^.{8,256}$/su,
  /^\S(.*\S)?$/su,
  /[a-z]/,
  /[A-Z]/,
  /[0-9]/,
  /[\^$*.[\]{}()?\-"!@#%&/\\,><':;|_~`+= ]/,
];
