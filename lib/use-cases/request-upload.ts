import { UPLOAD_FOLDER, type Upload } from '../core/upload.ts';
import type { Claims, Clock, Operators, Taches, UploadForm, UploadForms, Uploads } from '../ports.ts';
import { occupantOf } from './claim-statement.ts';
import { Failure } from './failure.ts';
import { openOperator } from './open-operator.ts';

export interface UploadDependencies {
  readonly operators: Operators;
  readonly claims: Claims;
  readonly taches: Taches;
  readonly uploads: Uploads;
  readonly forms: UploadForms;
  readonly now: Clock;
}

/**
 * Lets a caller bring a large statement to S3 themselves; it is then taken in as a dropped file is, with the caller as owner.
 * @throws Failure where the operator is unknown, or has a tache of that file name
 */
export async function requestUpload(deps: UploadDependencies, upload: Upload, contentType: string): Promise<UploadForm & { readonly key: string }> {
  const operator = await openOperator(deps.operators, upload.operatorCode);
  if (operator === undefined) throw new Failure({ code: 'unknown-operator' });
  const now = deps.now();
  const occupant = await occupantOf(deps, { kind: 'name', operatorCode: operator.code, value: upload.fileName }, now);
  if (occupant !== undefined) throw new Failure({ code: 'already-processed', owner: occupant.owner, tacheId: occupant.tacheId });
  const key = `${UPLOAD_FOLDER}${await deps.uploads.announce({ ...upload, operatorCode: operator.code }, now)}`;
  return { ...(await deps.forms.form(key, contentType)), key };
}
