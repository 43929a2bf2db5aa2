import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { S3Client } from '@aws-sdk/client-s3';
import { signedInClient } from '../lib/local/launch/api-client.ts';
import { clientSettings } from '../lib/local/launch/client-settings.ts';
import { type Endpoints, endpointsText, writeEndpoints } from '../lib/local/launch/endpoints-file.ts';
import { LAUNCH_USAGE, type LaunchOptions, readLaunchOptions } from '../lib/local/launch/launch-options.ts';
import { localReport } from '../lib/local/launch/local-report.ts';
import { makeLocalUsers } from '../lib/local/launch/local-users.ts';
import { runSamples } from '../lib/local/launch/sample-run.ts';
import { synthesize } from '../lib/local/launch/synthesis.ts';
import { tacheSummary } from '../lib/local/launch/tache-summary.ts';
import { type LocalCloud, startLocalCloud } from '../lib/local/local-cloud.ts';

async function launch(options: LaunchOptions): Promise<void> {
  const dataDir = resolve(options.dataDir);
  if (options.fresh) await rm(dataDir, { recursive: true, force: true });
  await rm(join(dataDir, 'endpoints.json'), { force: true });
  await mkdir(dataDir, { recursive: true });

  console.log("Synthèse de l'application CDK…");
  const assembly = join(dataDir, 'assembly');
  await rm(assembly, { recursive: true, force: true });
  await synthesize(assembly, options.stage);
  console.log('Démarrage des services sur cette machine…');
  const s3Port = options.port === 0 ? 0 : options.port + 1;
  const cloud = await startLocalCloud({ assembly, dataDir, port: options.port, s3Port, log: localReport });
  const stop = stopOnSignal(cloud);
  try {
    const endpoints = await prepare(cloud);
    if (!options.empty) process.exitCode = (await reconcileSamples(cloud, endpoints)) ? 0 : 1;
    await writeEndpoints(dataDir, endpoints);
    if (options.exit) return await stop();
    process.exitCode = 0;
    console.log(`\nPrêt. Adresses et utilisateurs : ${join(options.dataDir, 'endpoints.json')} (Ctrl-C arrête tout)\n\n${endpointsText(endpoints)}`);
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What a deployed stage gets from its first administrator: users. */
async function prepare(cloud: LocalCloud): Promise<Endpoints> {
  const { api, s3, region, outbox, outputs } = cloud;
  const cognito = new CognitoIdentityProviderClient(clientSettings(cloud, 'cognito'));
  return { api, s3, bucket: outputOf(outputs, 'BucketName'), region, outbox, utilisateurs: await makeLocalUsers(cognito, outputOf(outputs, 'UserPoolId')) };
}

async function reconcileSamples(cloud: LocalCloud, { api, bucket, utilisateurs }: Endpoints): Promise<boolean> {
  const [user] = utilisateurs.filter(({ groupe }) => groupe === 'agent');
  if (user === undefined) throw new Error('no local agent to send the samples');
  const client = await signedInClient(api, user);
  const taches = await runSamples(client, new S3Client(clientSettings(cloud, 's3')), bucket, {
    said: (text) => console.log(text),
    progress: ({ id, etat, progression }) =>
      console.log(`  tâche ${id} : ${etat}${progression ? `, ${progression.etape}, ${progression.lignes} lignes, ${progression.pourcent} %` : ''}`),
  });
  for (const tache of taches) console.log(`\n${tacheSummary(tache)}`);
  return taches.every(({ etat }) => etat === 'ATTENTE');
}

function outputOf(outputs: Readonly<Record<string, string>>, name: string): string {
  const value = outputs[name];
  if (value === undefined) throw new Error(`the template has no output ${name}`);
  return value;
}

/** @returns what stops the cloud, once, however often it is asked */
function stopOnSignal(cloud: LocalCloud): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= cloud.stop();
    return stopping;
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
  return stop;
}

/** A port that is taken and a folder in use are for the person at the terminal to mend; anything else is a defect, with its stack. */
function explain(error: unknown): void {
  process.exitCode = 1;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    console.error(`${error.message}\nCe port est déjà pris : arrêtez l'autre programme, ou choisissez-en un autre avec --port N (S3 prend le suivant).`);
  else console.error(error);
}

const words = process.argv.slice(2);
if (words.includes('--help') || words.includes('-h')) console.log(LAUNCH_USAGE);
else await launch(readLaunchOptions(words)).catch(explain);
