import * as z from 'zod';
import { CognitoError, invalidParameter } from './cognito-error.ts';
import { poolOf } from './directory.ts';
import { GroupName, type Operation, operation, PoolId } from './operation.ts';
import { afterToken, LARGEST_PAGE, pageOf } from './paging.ts';
import { attributeOf, type PoolUser } from './pool-user.ts';
import { describedUser } from './user-shapes.ts';

const FILTERABLE = new Set(['username', 'email', 'phone_number', 'name', 'given_name', 'family_name', 'preferred_username', 'cognito:user_status', 'status', 'sub']);

const ListUsers = z.strictObject({
  UserPoolId: PoolId,
  Filter: z.string().max(256).optional(),
  Limit: z.int().min(0).max(LARGEST_PAGE).optional(),
  PaginationToken: z.string().min(1).optional(),
});

const listUsers = operation('ListUsers', ListUsers, (directory, input) => {
  const pool = poolOf(directory, input.UserPoolId);
  const matches = readFilter(input.Filter ?? '');
  const found = directory.users.all(pool.id, afterToken(input.PaginationToken)).filter(([, user]) => matches(user));
  const { documents, next } = pageOf(found, input.Limit || LARGEST_PAGE);
  return { Users: documents.map(describedUser), PaginationToken: next };
});

const ListInGroup = z.strictObject({ UserPoolId: PoolId, GroupName, Limit: z.int().min(0).max(LARGEST_PAGE).optional(), NextToken: z.string().min(1).optional() });

const listInGroup = operation('ListUsersInGroup', ListInGroup, (directory, input) => {
  const pool = poolOf(directory, input.UserPoolId);
  if (directory.groups.get(pool.id, input.GroupName) === undefined) throw new CognitoError('ResourceNotFoundException', 'Group not found.');
  const found = directory.users.all(pool.id, afterToken(input.NextToken)).filter(([, user]) => user.groups.includes(input.GroupName));
  const { documents, next } = pageOf(found, input.Limit || LARGEST_PAGE);
  return { Users: documents.map(describedUser), NextToken: next };
});

/** `attribute = "text"` or `attribute ^= "beginning"`; nothing matches every user. */
function readFilter(filter: string): (user: PoolUser) => boolean {
  if (filter.trim() === '') return () => true;
  const [, name = '', operator, quoted = ''] = /^\s*"?([\w:]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/su.exec(filter) ?? [];
  if (!FILTERABLE.has(name)) throw invalidParameter('Error while parsing filter');
  const text = quoted.replace(/\\(.)/gsu, '$1');
  return (user) => {
    const value = filterValue(user, name);
    return value !== undefined && (operator === '=' ? value === text : value.startsWith(text));
  };
}

function filterValue(user: PoolUser, name: string): string | undefined {
  switch (name) {
    case 'username':
      return user.username;
    case 'sub':
      return user.sub;
    case 'cognito:user_status':
      return user.status;
    case 'status':
      return user.enabled ? 'Enabled' : 'Disabled';
    default:
      return attributeOf(user, name);
  }
}

export const USER_LIST_OPERATIONS: readonly Operation[] = [listUsers, listInGroup];
