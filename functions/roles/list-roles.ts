import { dynamoRoles } from '../../lib/adapters/dynamodb/roles.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { member } from '../../lib/http/access.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { roleList, wireRole } from '../../lib/http/schemas/role.ts';
import { listRoles } from '../../lib/use-cases/manage-roles.ts';

const { registryTable } = readEnvironment(['registryTable']);
const roles = dynamoRoles(registryTable);

/** GET /roles/ */
export const handler = endpoint({ admit: member, answer: roleList, status: 200 })(async () => (await listRoles(roles)).map(wireRole));
