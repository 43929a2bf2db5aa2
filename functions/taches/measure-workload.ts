import { now } from '../../lib/adapters/clock.ts';
import { dynamoTaches } from '../../lib/adapters/dynamodb/taches.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { BUSINESS_LINES } from '../../lib/log/business-lines.ts';
import { scheduledEndpoint } from '../../lib/messages/scheduled-endpoint.ts';
import { measureWorkload } from '../../lib/use-cases/measure-workload.ts';

const { registryTable } = readEnvironment(['registryTable']);
const deps = { taches: dynamoTaches(registryTable), now };

/** Every quarter of an hour: tells the dashboard how many taches stand in each state and how long the oldest have waited. */
export const handler = scheduledEndpoint(BUSINESS_LINES.workload, async () => ({ ...(await measureWorkload(deps)) }));
