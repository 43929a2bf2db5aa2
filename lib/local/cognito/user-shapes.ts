import { timestamp } from './operation.ts';
import type { PoolUser, UserAttribute } from './pool-user.ts';

/** Cognito counts `sub` among the attributes. */
export function describedAttributes(user: PoolUser): readonly UserAttribute[] {
  return [...user.attributes, { Name: 'sub', Value: user.sub }];
}

/** `UserType`, as lists show users. */
export function describedUser(user: PoolUser): object {
  return {
    Username: user.username,
    Attributes: describedAttributes(user),
    UserCreateDate: timestamp(user.created),
    UserLastModifiedDate: timestamp(user.modified),
    Enabled: user.enabled,
    UserStatus: user.status,
  };
}
