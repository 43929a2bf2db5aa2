import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { CognitoError, invalidParameter } from './cognito-error.ts';
import type { PasswordPolicy } from './pool.ts';
import type { HashedPassword } from './pool-user.ts';

const derive = promisify<string, Buffer, number, Buffer>(scrypt);

const HASH_BYTES = 32;
const SYMBOLS = '^$*.[]{}()?-"!@#%&/\\,><\':;|_~`=+ ';

export async function hashPassword(password: string): Promise<HashedPassword> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, HASH_BYTES);
  return { salt: salt.toString('base64'), hash: hash.toString('base64') };
}

export async function isPassword(password: string, { salt, hash }: HashedPassword): Promise<boolean> {
  const derived = await derive(password, Buffer.from(salt, 'base64'), HASH_BYTES);
  return timingSafeEqual(derived, Buffer.from(hash, 'base64'));
}

/** @throws CognitoError InvalidPasswordException, InvalidParameterException */
export function checkPassword(password: string, policy: PasswordPolicy): void {
  if (password.length > 256 || !/^\S(.*\S)?$/su.test(password))
    throw invalidParameter("1 validation error detected: Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$");
  const broken = [
    password.length < policy.minimumLength && 'Password not long enough',
    policy.requireLowercase && !/[a-z]/.test(password) && 'Password must have lowercase characters',
    policy.requireUppercase && !/[A-Z]/.test(password) && 'Password must have uppercase characters',
    policy.requireNumbers && !/[0-9]/.test(password) && 'Password must have numeric characters',
    policy.requireSymbols && ![...password].some((character) => SYMBOLS.includes(character)) && 'Password must have symbol characters',
  ].find((reason) => reason !== false);
  if (broken !== undefined) throw new CognitoError('InvalidPasswordException', `Password did not conform with policy: ${broken}`);
}

/** A password that any policy takes. */
export function generatedPassword({ minimumLength }: PasswordPolicy): string {
  const length = Math.max(minimumLength, 12);
  return `aA0!${Array.from({ length: length - 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')}`;
}

const ALPHABET = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
