/** What a user says of themselves. Texts are empty until somebody fills them. */
export interface Profile {
  readonly id: number;
  readonly userId: number;
  readonly telephone: string;
  readonly whatsapp: string;
  readonly position: string;
  readonly staffNumber: string;
}

/** Somebody who can sign in. */
export interface User {
  readonly id: number;
  readonly username: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly email: string;
  readonly profile: Profile;
}

/** The groups of the user pool, from the highest: each is above the next. */
export const GROUPS = ['administrateur', 'superviseur', 'agent'] as const;
export type Group = (typeof GROUPS)[number];

export interface Role {
  readonly id: number;
  readonly name: string;
  readonly parentId: number | undefined;
}

/** The role that the highest of a user's groups gives; `undefined` where they are in none of ours. */
export function roleOf(groups: readonly string[]): Role | undefined {
  const index = GROUPS.findIndex((group) => groups.includes(group));
  const name = GROUPS[index];
  return name === undefined ? undefined : { id: index + 1, name, parentId: index === 0 ? undefined : index };
}
