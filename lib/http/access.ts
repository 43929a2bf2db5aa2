import { roleOfGroups } from '../core/role.ts';
import { ADMINISTRATORS, type Caller } from '../core/user.ts';
import { Failure } from '../use-cases/failure.ts';

/** The caller of a route that asks for a token: one of our groups at least. @throws Failure 401 or 403 */
export function member(caller: Caller | undefined): Caller {
  if (caller === undefined) throw new Failure({ code: 'unauthenticated' });
  if (roleOfGroups(caller.groups) === undefined) {
    throw new Failure({ code: 'forbidden', detail: "Votre compte n'a encore aucun rôle : demandez à un administrateur de vous en donner un." });
  }
  return caller;
}

/** The caller of a route that is for administrators. @throws Failure 401 or 403 */
export function administrator(caller: Caller | undefined): Caller {
  const holder = member(caller);
  if (!holder.groups.includes(ADMINISTRATORS)) throw new Failure({ code: 'forbidden', detail: 'Cette action est réservée aux administrateurs.' });
  return holder;
}

/**
 * On a route that the stage opens nobody is known; where the gateway asks for a token, its holder must be a member.
 * @throws Failure 403
 */
export function reader(caller: Caller | undefined): Caller | undefined {
  return caller && member(caller);
}

/** The caller of a route of client applications: anybody where the stage opens registration, and then nobody is known; administrators elsewhere. @throws Failure 403 */
export function registrar(caller: Caller | undefined): Caller | undefined {
  return caller && administrator(caller);
}
