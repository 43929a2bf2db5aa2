import { now } from '../../lib/adapters/clock.ts';
import { dynamoClaims } from '../../lib/adapters/dynamodb/claims.ts';
import { dynamoOperators } from '../../lib/adapters/dynamodb/operators.ts';
import { dynamoTaches } from '../../lib/adapters/dynamodb/taches.ts';
import { dynamoUploads } from '../../lib/adapters/dynamodb/uploads.ts';
import { s3UploadForms } from '../../lib/adapters/s3/upload-forms.ts';
import { readEnvironment } from '../../lib/environment.ts';
import { member } from '../../lib/http/access.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { uploadAnswer, uploadBody, wireUpload } from '../../lib/http/schemas/upload.ts';
import { requestUpload } from '../../lib/use-cases/request-upload.ts';

const { registryTable, bucket } = readEnvironment(['registryTable', 'bucket']);
const deps = {
  operators: dynamoOperators(registryTable),
  claims: dynamoClaims(registryTable),
  taches: dynamoTaches(registryTable),
  uploads: dynamoUploads(registryTable),
  forms: s3UploadForms(bucket),
  now,
};

/** POST /reconciliation/uploads/ */
export const handler = endpoint({ admit: member, body: uploadBody, answer: uploadAnswer, status: 201 })(async ({ body: { contentType, ...upload }, caller }) =>
  wireUpload(await requestUpload(deps, { ...upload, owner: member(caller).username }, contentType)),
);
