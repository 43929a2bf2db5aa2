import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalUser } from './local-users.ts';

/** What another program needs to use the running app. */
export interface Endpoints {
  readonly api: string;
  readonly s3: string;
  readonly bucket: string;
  readonly region: string;
  /** Folder of the e-mail and SMS that would have gone out. */
  readonly outbox: string;
  readonly utilisateurs: readonly LocalUser[];
}

/** Written once everything answers: whoever waits for the file can go on at once. */
export async function writeEndpoints(dataDir: string, endpoints: Endpoints): Promise<void> {
  await writeFile(join(dataDir, 'endpoints.json'), `${JSON.stringify(endpoints, null, 2)}\n`);
}

/** The addresses, with one ready call for each. */
export function endpointsText({ api, s3, bucket, outbox, utilisateurs }: Endpoints): string {
  const [user] = utilisateurs.slice(-1);
  const credentials = JSON.stringify({ username: user?.username, password: user?.password });
  return [
    `API            ${api}`,
    `  curl ${api}/operateurs/`,
    `  curl -s ${api}/authentication/token/ -H 'content-type: application/json' -d '${credentials}'`,
    `S3             ${s3}   compartiment ${bucket}`,
    `  curl '${s3}/${bucket}?list-type=2'`,
    `Dossier de dépôt  s3://${bucket}/depot/operateurs/<CODE>/`,
    `  curl -T releve.xlsx ${s3}/${bucket}/depot/operateurs/OMCI/releve.xlsx`,
    `  curl ${api}/taches/`,
    `Boîte d'envoi  ${outbox}   (courriels et SMS : rien ne quitte cette machine)`,
  ].join('\n');
}
