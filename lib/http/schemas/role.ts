import * as z from 'zod';
import type { Role } from '../../core/role.ts';
import type { RoleWish } from '../../use-cases/manage-roles.ts';

/** A role as `POST /get_user/` shows it too. */
export const roleAnswer = z.object({ id: z.int(), libelle: z.string(), parent: z.int().nullable() });

export const roleList = z.array(roleAnswer);

const libelle = z.string().trim().min(1).max(100);
const parent = z.int().positive();

export const newRole = z.object({ libelle, parent });

/** `PUT` gives both, `PATCH` what is to change. */
export const changedRole = newRole.partial();

export function wireRole({ id, name, parentId }: Role): z.infer<typeof roleAnswer> {
  return { id, libelle: name, parent: parentId ?? null };
}

export function roleWish(body: z.infer<typeof newRole>): RoleWish {
  return { name: body.libelle, parentId: body.parent };
}
