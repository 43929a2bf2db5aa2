import * as z from 'zod';
import type { Role } from '../../core/role.ts';
import type { Profile, User } from '../../core/user.ts';
import { pagingQuery } from './paging.ts';
import { roleAnswer, wireRole } from './role.ts';

export const profileAnswer = z.object({
  id: z.int(),
  telephone: z.string(),
  numero_whatsapp: z.string(),
  fonction: z.string(),
  matricule: z.string(),
  user: z.int(),
});

/** The spelling `usename` is the seed's. */
export const userDetails = z.object({ nom: z.string(), prenom: z.string(), email: z.string(), usename: z.string() });

/** What `POST /get_user/` tells of a token's holder. */
export const userAnswer = z.object({ profile: z.array(profileAnswer), details: userDetails.extend({ role: roleAnswer.nullable() }) });

export function wireProfile({ id, telephone, whatsapp, position, staffNumber, userId }: Profile): z.infer<typeof profileAnswer> {
  return { id, telephone, numero_whatsapp: whatsapp, fonction: position, matricule: staffNumber, user: userId };
}

export function wireUserDetails({ lastName, firstName, email, username }: User): z.infer<typeof userDetails> {
  return { nom: lastName, prenom: firstName, email, usename: username };
}

export function wireUser({ user, role: held }: { readonly user: User; readonly role: Role | undefined }): z.infer<typeof userAnswer> {
  return { profile: [wireProfile(user.profile)], details: { ...wireUserDetails(user), role: held ? wireRole(held) : null } };
}

export const profilesQuery = z.object(pagingQuery(100, 500));
