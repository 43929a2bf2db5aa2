import * as z from 'zod';
import type { Role } from '../../core/role.ts';
import { GROUPS, type Profile, type User } from '../../core/user.ts';
import type { FixedNumbers, ProfileWish } from '../../use-cases/manage-profiles.ts';
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

export const profileList = z.array(profileAnswer);

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

const line = z.string().trim().max(200, { error: '200 caractères au plus.' });
const phone = line.refine((text) => /^[+\d ().-]*$/u.test(text), { error: "Numéro invalide : des chiffres, et rien d'autre que + ( ) . - ou des blancs." });
const address = line.refine((text) => text === '' || z.email().safeParse(text).success, { error: 'Adresse électronique invalide.' });

const changes = z
  .strictObject({
    telephone: phone,
    numero_whatsapp: phone,
    fonction: line,
    matricule: line,
    nom: line,
    prenom: line,
    email: address,
    /** Number of a role; `null` leaves the role to the group. */
    role: z.int().positive().nullable(),
    groupe: z.enum(GROUPS),
  })
  .partial();

/** What `PUT` and `PATCH /profiles/{id}` take: absent fields stay. `id` and `user` may be sent back as they were read. */
export const profileChange = changes.extend({ id: z.int().optional(), user: z.int().optional() });

/** What `POST /profiles/` takes. */
export const newProfile = changes.extend({ username: z.string().trim().min(1).max(128) });

/** A profile after a change, with the user behind it. */
export const changedProfile = profileAnswer.extend({ details: userDetails.extend({ role: roleAnswer.nullable() }) });

export function profileWish(body: z.infer<typeof profileChange>): ProfileWish & FixedNumbers {
  return {
    telephone: body.telephone,
    whatsapp: body.numero_whatsapp,
    position: body.fonction,
    staffNumber: body.matricule,
    lastName: body.nom,
    firstName: body.prenom,
    email: body.email,
    roleId: body.role,
    group: body.groupe,
    id: body.id,
    userId: body.user,
  };
}

export function wireChangedProfile(changed: { readonly user: User; readonly role: Role | undefined }): z.infer<typeof changedProfile> {
  return { ...wireProfile(changed.user.profile), details: wireUser(changed).details };
}

export const profilesQuery = z.object(pagingQuery(100, 500));
