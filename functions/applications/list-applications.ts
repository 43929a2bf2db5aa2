import { dynamoApplications } from '../../lib/adapters/dynamodb/applications.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { registrar } from '../../lib/http/access.ts';
import { checked, customEndpoint, linkHeader } from '../../lib/http/endpoint.ts';
import { wantsHtml } from '../../lib/http/negotiation.ts';
import { applicationsPage } from '../../lib/http/pages/applications-page.ts';
import { jsonAnswer } from '../../lib/http/problem.ts';
import { applicationList, applicationsQuery, wireApplication } from '../../lib/http/schemas/application.ts';

const { registryTable } = readEnvironment(['registryTable']);
const store = dynamoApplications(registryTable);

/** GET /o/applications/ */
export const handler = customEndpoint(async (request) => {
  registrar(request.caller);
  const { limit, cursor } = checked(applicationsQuery, request.query);
  const { applications, next } = await store.list(limit, cursor);
  if (wantsHtml(request)) return applicationsPage(request, applications, next?.toString());
  return jsonAnswer(200, applicationList.parse(applications.map(wireApplication)), { vary: 'Accept', ...linkHeader(request, next?.toString()) });
});
