import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOCAL_SERVER, openApiDocument } from '../lib/http/openapi/document.ts';

// The copy for whoever reads the project without running it; the API itself serves the same document.
writeFileSync(join(import.meta.dirname, '..', 'docs', 'openapi.json'), `${JSON.stringify(openApiDocument(LOCAL_SERVER), null, 2)}\n`);
