import { dynamoUsers } from '../../lib/adapters/dynamodb/users.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { reader } from '../../lib/http/access.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { idPath } from '../../lib/http/schemas/paging.ts';
import { profileAnswer, wireProfile } from '../../lib/http/schemas/profile.ts';
import { found } from '../../lib/use-cases/failure.ts';

const { registryTable } = readEnvironment(['registryTable']);
const users = dynamoUsers(registryTable);

/** GET /profiles/{id} */
export const handler = endpoint({ path: idPath, answer: profileAnswer, status: 200 })(async ({ path, caller }) => {
  reader(caller);
  return wireProfile(found(await users.profile(path.id), `Aucun profil ne porte le numéro ${path.id}.`));
});
