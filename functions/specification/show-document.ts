import { customEndpoint } from '../../lib/http/endpoint.ts';
import { openApiDocument } from '../../lib/http/openapi/document.ts';
import { jsonAnswer } from '../../lib/http/problem.ts';
import { baseAddress } from '../../lib/http/request.ts';

/** GET /openapi.json */
export const handler = customEndpoint(async (request) => jsonAnswer(200, openApiDocument(baseAddress(request, '/openapi.json'))));
