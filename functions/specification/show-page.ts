import { customEndpoint } from '../../lib/http/endpoint.ts';
import { openApiDocument } from '../../lib/http/openapi/document.ts';
import { specificationPage } from '../../lib/http/pages/specification-page.ts';
import { baseAddress } from '../../lib/http/request.ts';

/** GET /docs */
export const handler = customEndpoint(async (request) => specificationPage(openApiDocument(baseAddress(request, '/docs'))));
