/** What a user says of themselves. Texts are empty until somebody fills them. */
export interface Profile {
  readonly id: number;
  readonly userId: number;
  readonly username: string;
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

/** What of a user and their profile may be changed; absent fields stay as they are. */
export interface UserChanges {
  readonly telephone?: string | undefined;
  readonly whatsapp?: string | undefined;
  readonly position?: string | undefined;
  readonly staffNumber?: string | undefined;
  readonly lastName?: string | undefined;
  readonly firstName?: string | undefined;
  readonly email?: string | undefined;
}

/** The groups of the user pool, from the highest: each is above the next. */
export const GROUPS = ['administrateur', 'superviseur', 'agent'] as const;
export type Group = (typeof GROUPS)[number];

/** Whoever is in it manages operators, users and roles, and sees everything. */
export const ADMINISTRATORS = 'administrateur' satisfies Group;

/** Who acts: a user, or an application that signed in for itself, with the groups that its token shows. */
export interface Caller {
  readonly username: string;
  readonly groups: readonly string[];
}

/** What decides about a user's role: the groups that their last token showed, and the role that an administrator gave them. */
export interface Membership {
  readonly groups: readonly string[];
  readonly roleId?: number | undefined;
  /** Seconds since 1970 at which an administrator last put them in a group. */
  readonly placedAt?: number | undefined;
}

/** The groups that a token stands for: what an administrator decided since it was issued counts, for more or for less. */
export function presentGroups({ groups, issuedAt }: { readonly groups: readonly string[]; readonly issuedAt: number }, membership: Membership | undefined): readonly string[] {
  return membership?.placedAt !== undefined && issuedAt <= membership.placedAt ? membership.groups : groups;
}
