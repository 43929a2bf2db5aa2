import { registrar } from '../../lib/http/access.ts';
import { customEndpoint } from '../../lib/http/endpoint.ts';
import { wantsHtml } from '../../lib/http/negotiation.ts';
import { registrationPage } from '../../lib/http/pages/registration-page.ts';
import { jsonAnswer } from '../../lib/http/problem.ts';
import { choicesAnswer, wireChoices } from '../../lib/http/schemas/application.ts';

/** GET /o/applications/register/ */
export const handler = customEndpoint(async (request) => {
  registrar(request.caller);
  return wantsHtml(request) ? registrationPage(request) : jsonAnswer(200, choicesAnswer.parse(wireChoices()), { vary: 'Accept' });
});
