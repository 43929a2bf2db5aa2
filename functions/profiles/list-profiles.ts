import * as z from 'zod';
import { dynamoUsers } from '../../lib/adapters/dynamodb/users.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { reader } from '../../lib/http/access.ts';
import { pagedEndpoint } from '../../lib/http/endpoint.ts';
import { profileAnswer, profilesQuery, wireProfile } from '../../lib/http/schemas/profile.ts';

const { registryTable } = readEnvironment(['registryTable']);
const users = dynamoUsers(registryTable);

/** GET /profiles/ */
export const handler = pagedEndpoint({ query: profilesQuery, answer: z.array(profileAnswer), status: 200 })(async ({ query, caller }) => {
  reader(caller);
  const { profiles, next } = await users.profiles(query.limit, query.cursor);
  return { answer: profiles.map(wireProfile), next: next?.toString() };
});
