import { cognitoApplicationClients } from '../../lib/adapters/cognito/application-clients.ts';
import { dynamoApplications } from '../../lib/adapters/dynamodb/applications.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { registrar } from '../../lib/http/access.ts';
import { readBody } from '../../lib/http/body.ts';
import { checked, customEndpoint } from '../../lib/http/endpoint.ts';
import { refuseForeignForm } from '../../lib/http/form-origin.ts';
import { wantsHtml } from '../../lib/http/negotiation.ts';
import { submittedPage } from '../../lib/http/pages/registration-page.ts';
import { jsonAnswer } from '../../lib/http/problem.ts';
import { APPLICATION_FIELDS, applicationBody, registeredAnswer, wireRegistered } from '../../lib/http/schemas/application.ts';
import { registerApplication } from '../../lib/use-cases/register-application.ts';

const { userPoolId, registryTable } = readEnvironment(['userPoolId', 'registryTable']);
const deps = { applications: dynamoApplications(registryTable), clients: cognitoApplicationClients(userPoolId) };

/** POST /o/applications/register/ */
export const handler = customEndpoint(async (request) => {
  const register = async () => {
    registrar(request.caller);
    refuseForeignForm(request);
    return registerApplication(deps, checked(applicationBody, await readBody(request)), APPLICATION_FIELDS);
  };
  return wantsHtml(request) ? submittedPage(request, register) : jsonAnswer(201, registeredAnswer.parse(wireRegistered(await register())), { vary: 'Accept' });
});
