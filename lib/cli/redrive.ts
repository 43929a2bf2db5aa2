import { parseArgs } from 'node:util';
import * as z from 'zod';
import type { DeadLetter, DeadLetterQueue, DeadLetters } from '../adapters/sqs/dead-letters.ts';
import { UsageError } from './command-line.ts';
import { parsedJson } from './parsed-json.ts';

/** What `redrive` was asked to do. */
export interface RedriveCall {
  readonly stage: string;
  /** Only queues whose name holds this, in any case. */
  readonly queue: string | undefined;
  /** Looks, and moves nothing. */
  readonly dryRun: boolean;
}

export const REDRIVE_USAGE = `Usage :
  npm run redrive -- --stage STAGE [--queue NOM] [--dry-run]

  Rend à leurs files les messages abandonnés d'un stage ; ce qui était déjà fait n'est pas refait.
  --queue se limite aux files dont le nom contient NOM (Drops, Matching, LedgerImports, Validations…).
  --dry-run compte et montre, sans rien déplacer.
  Les identifiants AWS sont ceux de l'environnement. Pour la machine locale : AWS_ENDPOINT_URL_SQS.`;

/** @throws UsageError */
export function readRedriveCall(words: readonly string[]): RedriveCall {
  const { stage, queue, 'dry-run': dryRun = false } = optionsOf(words);
  if (stage === undefined) throw new UsageError('Il manque --stage.');
  return { stage, queue, dryRun };
}

function optionsOf(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: { stage: { type: 'string' }, queue: { type: 'string' }, 'dry-run': { type: 'boolean' } } }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Gives dead letters back, and says what it does line by line.
 * @returns false where the stage has no queues that fit
 */
export async function redrive(deadLetters: DeadLetters, { stage, queue, dryRun }: RedriveCall, say: (line: string) => void): Promise<boolean> {
  const all = await deadLetters.list(`reconciliation-${stage}-`);
  const chosen = all.filter(({ name }) => queue === undefined || name.toLowerCase().includes(queue.toLowerCase()));
  if (chosen.length === 0) {
    say(`Aucune file de messages abandonnés pour le stage « ${stage} »${queue === undefined ? '' : ` et le nom « ${queue} »`}.`);
    return false;
  }
  for (const one of chosen) {
    say(`${one.name} : ${one.count} message(s) abandonné(s)`);
    if (one.count > 0) await (dryRun ? show(deadLetters, one, say) : move(deadLetters, one, say));
  }
  return true;
}

async function show(deadLetters: DeadLetters, queue: DeadLetterQueue, say: (line: string) => void): Promise<void> {
  const letters = await deadLetters.look(queue);
  for (const letter of letters) say(`  ${letter.messageId} du ${letter.sentAt} : ${headOf(letter)}`);
  if (letters.length < queue.count) say(`  … et ${queue.count - letters.length} autre(s)`);
}

async function move(deadLetters: DeadLetters, queue: DeadLetterQueue, say: (line: string) => void): Promise<void> {
  const given = await deadLetters.giveBack(queue);
  say(given.how === 'by-sqs' ? '  SQS les rend à leur file' : `  ${given.moved} rendu(s) à leur file`);
}

const ofTache = z.object({ tacheId: z.int() });
const ofObject = z.object({ key: z.string() });
const ofArrivals = z.object({ Records: z.array(z.object({ s3: z.object({ object: ofObject }) })).min(1) });

/** What a message is about, without anything that names a person: of a file only its folder. */
export function headOf({ body }: DeadLetter): string {
  const value = parsedJson(body);
  const tache = ofTache.safeParse(value);
  if (tache.success) return `tâche ${tache.data.tacheId}`;
  const arrivals = ofArrivals.safeParse(value);
  const object = ofObject.safeParse(arrivals.success ? arrivals.data.Records[0]?.s3.object : value);
  return object.success ? `un fichier de ${folderOf(object.data.key)}` : `illisible (${Buffer.byteLength(body)} octets)`;
}

function folderOf(key: string): string {
  const slash = key.lastIndexOf('/');
  return slash < 0 ? '/' : key.slice(0, slash + 1);
}
