import { dynamoRoles } from '../../lib/adapters/dynamodb/roles.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { administrator } from '../../lib/http/access.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { newRole, roleAnswer, roleWish, wireRole } from '../../lib/http/schemas/role.ts';
import { addRole } from '../../lib/use-cases/manage-roles.ts';

const { registryTable } = readEnvironment(['registryTable']);
const roles = dynamoRoles(registryTable);

/** POST /roles/ */
export const handler = endpoint({ admit: administrator, body: newRole, answer: roleAnswer, status: 201 })(async ({ body }) => wireRole(await addRole(roles, roleWish(body))));
