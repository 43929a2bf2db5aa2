import { dynamoRoles } from '../../lib/adapters/dynamodb/roles.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { administrator } from '../../lib/http/access.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { idPath } from '../../lib/http/schemas/paging.ts';
import { newRole, roleAnswer, roleWish, wireRole } from '../../lib/http/schemas/role.ts';
import { changeRole } from '../../lib/use-cases/manage-roles.ts';

const { registryTable } = readEnvironment(['registryTable']);
const roles = dynamoRoles(registryTable);

/** PUT /roles/{id} */
export const handler = endpoint({ admit: administrator, path: idPath, body: newRole, answer: roleAnswer, status: 200 })(async ({ path, body }) =>
  wireRole(await changeRole(roles, path.id, roleWish(body))),
);
