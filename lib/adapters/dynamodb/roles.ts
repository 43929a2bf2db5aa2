import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { BUILT_IN_ROLES, type Role } from '../../core/role.ts';
import type { Roles } from '../../ports.ts';
import { advanceCounter } from './counters.ts';
import { dynamodb, toItem, wholePartition } from './table.ts';

const ROLES = 'role';
const ID_DIGITS = 12;

const storedRole: z.ZodType<Role> = z
  .object({ id: z.int().positive(), name: z.string(), parentId: z.int().positive() })
  .transform(({ id, name, parentId }) => ({ id, name, parentId }));

/** The roles of a registry table: tens at most, read together. */
export function dynamoRoles(table: string): Roles {
  return {
    list: async () => (await wholePartition(table, ROLES)).map((item) => storedRole.parse(item)),

    nextId: async () => BUILT_IN_ROLES.length + (await advanceCounter(table, 'role', 1)),

    async save(role) {
      await dynamodb.send(new PutItemCommand({ TableName: table, Item: toItem({ ...role, ...keyOf(role.id) }) }));
    },

    async remove(id) {
      await dynamodb.send(new DeleteItemCommand({ TableName: table, Key: toItem(keyOf(id)) }));
    },
  };
}

function keyOf(id: number) {
  return { pk: ROLES, sk: String(id).padStart(ID_DIGITS, '0') };
}
