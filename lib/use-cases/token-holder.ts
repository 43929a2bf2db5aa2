import { applicationUsername, groupsOfScopes } from '../core/application.ts';
import { isReservedName } from '../core/reserved-name.ts';
import { type AccessClaims, type Holder, SCOPES } from '../core/tokens.ts';
import { presentGroups } from '../core/user.ts';
import type { Applications, Identity, Memberships, Revocations } from '../ports.ts';

export interface HolderDependencies {
  readonly identity: Pick<Identity, 'verify'>;
  readonly revocations: Pick<Revocations, 'isRevoked'>;
  readonly applications: Pick<Applications, 'byClientId'>;
  readonly memberships: Pick<Memberships, 'of'>;
}

/**
 * Who holds an access token: a user, or an application that signed in for itself.
 * @returns `undefined` for a token that is not good, was revoked, or was given to an application that is not registered any more
 */
export async function holderOf(deps: HolderDependencies, accessToken: string): Promise<Holder | undefined> {
  const claims = await deps.identity.verify(accessToken);
  if (claims === undefined) return undefined;
  const [revoked, holder] = await Promise.all([deps.revocations.isRevoked(claims.signIn), named(deps, claims)]);
  return revoked ? undefined : holder;
}

async function named({ applications, memberships }: HolderDependencies, claims: AccessClaims): Promise<Holder | undefined> {
  const application = claims.issuedTo === undefined ? undefined : (await applications.byClientId(claims.issuedTo))?.application;
  if (claims.issuedTo !== undefined && application === undefined) return undefined;
  switch (claims.kind) {
    case 'user':
      if (isReservedName(claims.username)) return undefined;
      return { username: claims.username, groups: presentGroups(claims, await memberships.of(claims.username)), scopes: SCOPES };
    case 'machine':
      return application && { username: applicationUsername(application), groups: groupsOfScopes(claims.scopes), scopes: claims.scopes };
    default:
      return claims satisfies never;
  }
}
