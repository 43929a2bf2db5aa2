import { roleOf } from '../core/user.ts';
import { Failure } from '../use-cases/failure.ts';
import type { Caller } from './request.ts';

/** The caller of a route that asks for a token: one of our groups at least. @throws Failure 401 or 403 */
export function member(caller: Caller | undefined): Caller {
  if (caller === undefined) throw new Failure({ code: 'unauthenticated' });
  if (roleOf(caller.groups) === undefined) {
    throw new Failure({ code: 'forbidden', detail: "Votre compte n'a encore aucun rôle : demandez à un administrateur de vous en donner un." });
  }
  return caller;
}

/** On a route that the stage opens nobody is known; where the gateway asks for a token, its holder must be a member. */
export function reader(caller: Caller | undefined): void {
  if (caller !== undefined) member(caller);
}
