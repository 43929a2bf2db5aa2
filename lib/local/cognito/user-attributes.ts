import { invalidParameter } from './cognito-error.ts';
import type { Pool } from './pool.ts';
import type { UserAttribute } from './pool-user.ts';

const STANDARD = new Set([
  ...['address', 'birthdate', 'email', 'email_verified', 'family_name', 'gender', 'given_name', 'locale', 'middle_name', 'name', 'nickname'],
  ...['phone_number', 'phone_number_verified', 'picture', 'preferred_username', 'profile', 'updated_at', 'website', 'zoneinfo'],
]);

/** @throws CognitoError InvalidParameterException for an attribute that the pool does not have, or a value that it cannot */
export function checkAttributes(pool: Pool, attributes: readonly UserAttribute[]): void {
  for (const { Name, Value } of attributes) {
    if (Name === 'sub') throw invalidParameter('Cannot modify an already provided immutable attribute: sub');
    if (!STANDARD.has(Name) && !pool.customAttributes.includes(Name))
      throw invalidParameter(`Attributes did not conform to the schema: ${Name}: Attribute does not exist in the schema.\n`);
    if (Name === 'email' && Value !== '' && !/^[^\s@]+@[^\s@]+$/.test(Value)) throw invalidParameter('Invalid email address format.');
    if (Name === 'phone_number' && Value !== '' && !/^\+\d{6,15}$/.test(Value)) throw invalidParameter('Invalid phone number format.');
  }
}

/** The attributes after a change. An empty value takes an attribute away. */
export function withAttributes(before: readonly UserAttribute[], changes: readonly UserAttribute[]): readonly UserAttribute[] {
  const values = new Map(before.map(({ Name, Value }) => [Name, Value]));
  for (const { Name, Value } of changes) values.set(Name, Value);
  return [...values].filter(([, value]) => value !== '').map(([Name, Value]) => ({ Name, Value }));
}
