import * as z from 'zod';
import { dynamoMemberships } from '../../lib/adapters/dynamodb/memberships.ts';
import { dynamoRoles } from '../../lib/adapters/dynamodb/roles.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { administrator } from '../../lib/http/access.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { idPath } from '../../lib/http/schemas/paging.ts';
import { removeRole } from '../../lib/use-cases/manage-roles.ts';

const { registryTable } = readEnvironment(['registryTable']);
const deps = { roles: dynamoRoles(registryTable), memberships: dynamoMemberships(registryTable) };

/** DELETE /roles/{id} */
export const handler = endpoint({ admit: administrator, path: idPath, answer: z.undefined(), status: 204 })(async ({ path }) => {
  await removeRole(deps, path.id);
  return undefined;
});
