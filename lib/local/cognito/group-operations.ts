import * as z from 'zod';
import { CognitoError, resourceNotFound } from './cognito-error.ts';
import { changeUser, type Directory, poolOf, userOf } from './directory.ts';
import type { Group } from './group.ts';
import { GroupName, type Operation, operation, PoolId, timestamp, Username } from './operation.ts';
import { afterToken, LARGEST_PAGE, pageOf } from './paging.ts';
import type { Pool } from './pool.ts';

const Create = z.strictObject({ UserPoolId: PoolId, GroupName, Description: z.string().max(2_048).optional(), Precedence: z.int().nonnegative().optional() });

const create = operation('CreateGroup', Create, (directory, input) => {
  const pool = poolOf(directory, input.UserPoolId);
  if (directory.groups.get(pool.id, input.GroupName) !== undefined) throw new CognitoError('GroupExistsException', 'A group with the name already exists.');
  const now = directory.now().getTime();
  const group = { name: input.GroupName, description: input.Description, precedence: input.Precedence, created: now, modified: now };
  directory.groups.put(pool.id, group.name, group);
  return { Group: described(pool, group) };
});

const List = z.strictObject({ UserPoolId: PoolId, Limit: z.int().min(0).max(LARGEST_PAGE).optional(), NextToken: z.string().min(1).optional() });

const list = operation('ListGroups', List, (directory, input) => {
  const pool = poolOf(directory, input.UserPoolId);
  const { documents, next } = pageOf(directory.groups.all(pool.id, afterToken(input.NextToken)), input.Limit || LARGEST_PAGE);
  return { Groups: documents.map((group) => described(pool, group)), NextToken: next };
});

const Membership = z.strictObject({ UserPoolId: PoolId, Username, GroupName });

/** Adding once more, or taking out who is not in, is no error. */
const add = operation('AdminAddUserToGroup', Membership, (directory, input) => {
  const pool = poolOf(directory, input.UserPoolId);
  const { name } = groupOf(directory, pool, input.GroupName);
  changeUser(directory, pool, input.Username, ({ groups }) => ({ groups: groups.includes(name) ? groups : [...groups, name] }));
  return {};
});

const remove = operation('AdminRemoveUserFromGroup', Membership, (directory, input) => {
  const pool = poolOf(directory, input.UserPoolId);
  const { name } = groupOf(directory, pool, input.GroupName);
  changeUser(directory, pool, input.Username, ({ groups }) => ({ groups: groups.filter((group) => group !== name) }));
  return {};
});

const ListForUser = z.strictObject({ UserPoolId: PoolId, Username, Limit: z.int().min(0).max(LARGEST_PAGE).optional(), NextToken: z.string().min(1).optional() });

const listForUser = operation('AdminListGroupsForUser', ListForUser, (directory, input) => {
  const pool = poolOf(directory, input.UserPoolId);
  const { groups } = userOf(directory, pool, input.Username);
  const found = directory.groups.all(pool.id, afterToken(input.NextToken)).filter(([name]) => groups.includes(name));
  const { documents, next } = pageOf(found, input.Limit || LARGEST_PAGE);
  return { Groups: documents.map((group) => described(pool, group)), NextToken: next };
});

function groupOf({ groups }: Directory, pool: Pool, name: string): Group {
  const group = groups.get(pool.id, name);
  if (group === undefined) throw resourceNotFound('Group not found.');
  return group;
}

function described({ id }: Pool, { name, description, precedence, created, modified }: Group): object {
  return { GroupName: name, UserPoolId: id, Description: description, Precedence: precedence, CreationDate: timestamp(created), LastModifiedDate: timestamp(modified) };
}

export const GROUP_OPERATIONS: readonly Operation[] = [create, list, add, remove, listForUser];
