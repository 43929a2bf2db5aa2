import { APPLICATION_PREFIX } from './application.ts';
import { DROP_OWNER } from './tache.ts';

/** Whether a name stands for something that is no user: whoever had it would pass for the drop folder or for an application. */
export function isReservedName(username: string): boolean {
  const name = username.trim().toLowerCase();
  return name === DROP_OWNER || name.startsWith(APPLICATION_PREFIX);
}
